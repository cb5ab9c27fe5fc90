"""The auditor's words, held once, and where they are quoted: an altered quotation shows (peers.md N12)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import MD5, StrIndex
from django.urls import reverse

from actions.models.audit import Audit, ScopeArea
from actions.models.audit_lists import AuditTextKind
from governance.history.models import History, Recorded, VersionQuerySet

if TYPE_CHECKING:
    from governance.people.models import User


class Plain(Func):
    """A text without what printing changes: the shape of quotation marks, and where lines break."""

    template = (
        "btrim(regexp_replace(translate(%(expressions)s, U&'\\2018\\2019\\201C\\201D', '''''\"\"'), "
        "'\\s+', ' ', 'g'))"
    )
    output_field = models.TextField()


def digest_of(text: str) -> str:
    """The SHA-256 of a text, as 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


class AuditText(Recorded):
    """What the auditor said, word by word, with the document and the paragraph in which it stands."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="texts")
    kind = models.ForeignKey(
        AuditTextKind, models.PROTECT, related_name="texts", verbose_name="what it is about"
    )
    scope_area = models.ForeignKey(ScopeArea, models.PROTECT, null=True, blank=True, related_name="texts")
    text = models.TextField("the auditor's words")
    document = models.CharField("in which document", max_length=300)
    paragraph = models.CharField("paragraph or page", max_length=60)
    digest = models.CharField("SHA-256", max_length=64, editable=False)

    history = History()

    class Meta:
        ordering = ["audit", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="audit_text_says_where_it_stands", condition=~Q(document="") & ~Q(paragraph="")
            ),
            models.CheckConstraint(name="audit_text_has_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="audit_text_digest_is_of_its_words",
                condition=Q(
                    digest=Func(
                        Func(Func(F("text"), Value("UTF8"), function="convert_to"), function="sha256"),
                        Value("hex"),
                        function="encode",
                        output_field=models.TextField(),
                    )
                ),
            ),
            models.UniqueConstraint(name="audit_text_is_held_once", fields=["audit", "digest"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.document}, {self.paragraph}"

    def save(self, *args: Any, **options: Any) -> None:
        """Save it with the digest of its words, which the database compares."""
        self.digest = digest_of(self.text)
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "digest"}
        super().save(*args, **options)


class QuotationMethods(models.QuerySet[Any]):
    """What quotations and their versions have in common."""

    def compared(self) -> Self:
        """With `is_altered`: whether the words stand nowhere in the text that they quote.

        Quotation marks of another shape and broken lines do not count; every other letter does.
        """
        found = StrIndex(Plain(F("held__text")), Plain(F("words")))
        return self.annotate(found_at=found).annotate(is_altered=Q(found_at=0))


class QuotationQuerySet(QuotationMethods):
    """Quotations, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """Those of the audits that this person may open."""
        return self.filter(held__audit__in=Audit.objects.visible_to(person))

    def for_page(self) -> Self:
        """Everything a page says of them, in one query."""
        return self.compared().select_related("held").order_by("quoted_on", "pk")


class QuotationVersions(QuotationMethods, VersionQuerySet):
    """Versions of quotations."""


class Quotation(Recorded):
    """Words of a held text as another document quotes them; it refers to the text, and is compared."""

    held = models.ForeignKey(AuditText, models.PROTECT, related_name="quotations", verbose_name="text quoted")
    words = models.TextField("the words as they are quoted")
    document = models.CharField("in which document", max_length=300)
    quoted_on = models.DateField("date of that document", null=True, blank=True)

    objects: Any = QuotationQuerySet.as_manager()
    history: Any = History(historical_queryset=QuotationVersions)

    class Meta:
        ordering = ["held", "quoted_on", "pk"]
        constraints = [
            models.CheckConstraint(name="quotation_has_words", condition=~Q(words="")),
            models.CheckConstraint(name="quotation_says_where_it_stands", condition=~Q(document="")),
            models.UniqueConstraint("held", "document", MD5("words"), name="quotation_is_recorded_once"),
        ]

    def __str__(self) -> str:
        return f"“{self.words}” in {self.document}"

    def get_absolute_url(self) -> str:
        """The page of the audit, where its texts stand."""
        return f"{reverse('actions:audit', args=[self.held.audit.code])}#texts"
