"""Evidence packs for a follow-up: in which columns an auditor wants them, as at which day, and who signed."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from actions.models.follow_up import FollowUp
from governance.core.dates import long_date
from governance.history.copies import STRUCK
from governance.history.models import History, Recorded, Redaction
from governance.people.models import Role

if TYPE_CHECKING:
    from governance.people.models import User

# Who opens packs: those who make and sign them, and internal audit, who reads.
PACK_READERS = (Role.IG_OFFICER, Role.RECORDS_MANAGER, Role.SIRO, Role.INTERNAL_AUDITOR)


class PackLayoutQuerySet(models.QuerySet["PackLayout"]):
    """Layouts, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All, for those who make or sign packs and for internal audit; none for anybody else."""
        return self.all() if person.holds(*PACK_READERS) else self.none()


class PackLayout(Recorded):
    """The columns in which one auditor wants a pack: one on each line, its heading, "=" and what is in it."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField("name of the layout", max_length=100)
    columns = models.TextField()

    objects = PackLayoutQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="pack_layout_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="pack_layout_has_columns", condition=~Q(columns="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """What it is called on pages."""
        return self.name

    def get_absolute_url(self) -> str:
        """The page of all layouts."""
        return reverse("actions:pack_layouts")

    def pairs(self) -> list[tuple[str, str]]:
        """Each column: its heading, and the name of what is in it."""
        return pairs_of(self.columns)


def pairs_of(columns: str) -> list[tuple[str, str]]:
    """Headings and names out of lines such as "Ref = reference"; a line without "=" names nothing."""
    split = (line.rpartition("=") for line in columns.splitlines() if line.strip())
    return [(heading.strip(), name.strip().lower()) for heading, _, name in split]


class EvidencePackQuerySet(models.QuerySet["EvidencePack"]):
    """Packs, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All, for those who make or sign packs and for internal audit; none for anybody else."""
        return self.all() if person.holds(*PACK_READERS) else self.none()

    def for_page(self) -> Self:
        """With its follow-up, the audit of that and its layout, the latest day first, in one query."""
        return self.select_related("follow_up__audit", "layout").order_by("-as_at", "-pk")


class EvidencePack(Recorded):
    """What is handed to an auditor for a follow-up, as at a day. What it holds is read when it is opened,
    until it is signed: then what was signed is handed over."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="packs")
    layout = models.ForeignKey(PackLayout, models.PROTECT, related_name="packs")
    as_at = models.DateField("as at")

    objects = EvidencePackQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["follow_up", "-as_at"]
        constraints = [
            models.UniqueConstraint(
                name="pack_of_a_follow_up_once_as_at_a_day_and_layout",
                fields=["follow_up", "as_at", "layout"],
            )
        ]

    def __str__(self) -> str:
        return f"Evidence pack as at {long_date(self.as_at)}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("actions:pack", args=[self.pk])

    # Queries

    def last_signature(self) -> PackSignature | None:
        """The latest signature, with who signed."""
        return self.signatures.select_related("signed_by").first()

    def last_step(self) -> PackStep | None:
        """Where it went last, if it ever went back."""
        return self.steps.select_related("taken_by").first()


class PackSignature(models.Model):
    """That the senior information risk owner signed a pack off: all that it then held, with its SHA-256.

    The database compares both; `content` is empty of what was signed before it was kept. What is removed by
    authority goes from `content` too (governance/history/redaction.py); `digest` stays as it was signed.
    """

    append_only: ClassVar[bool] = True
    keeps_copies: ClassVar[str] = "content"

    pack = models.ForeignKey(EvidencePack, models.PROTECT, related_name="signatures")
    digest = models.CharField(max_length=64)
    content = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")
    signed_at = models.DateTimeField(db_default=Now(), editable=False)
    signed_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="pack_signature_holds_a_digest", condition=Q(digest__regex="^[0-9a-f]{64}$")
            )
        ]

    def __str__(self) -> str:
        return f"{self.pack} signed off"

    def get_absolute_url(self) -> str:
        """The page of what was signed."""
        return reverse("actions:signed_pack", args=[self.pack_id, self.pk])

    @property
    def author(self) -> str:
        """Who signed: the post held that day, or the name where there was none."""
        return self.signed_as or self.signed_by.display_name

    def without(self, texts: Collection[str]) -> str:
        """The content with every heading, cell, title and link struck that contains one of the texts."""

        def left(said: str) -> str:
            return STRUCK if any(text in said for text in texts) else said

        if not self.content:
            return ""
        held = json.loads(self.content)
        held["headings"] = [left(heading) for heading in held["headings"]]
        held["rows"] = [[left(cell) for cell in row] for row in held["rows"]]
        for document in held["documents"]:
            document |= {name: left(document[name]) for name in ("title", "link")}
        return json.dumps(held, ensure_ascii=False, separators=(",", ":"))

    def removals(self) -> models.QuerySet[Redaction]:
        """What was removed from it by authority, the first first."""
        found = Redaction.objects.filter(table_name=self._meta.db_table, object_key=self.pk)
        return found.order_by("pk")


class PackStep(models.Model):
    """That a pack went back to those who make it, or was put forward again, and why."""

    append_only: ClassVar[bool] = True

    class Kind(models.TextChoices):
        """Where it went."""

        RETURNED = "returned", "Returned"
        PUT_FORWARD = "put_forward", "Put forward again"

    pack = models.ForeignKey(EvidencePack, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=11, choices=Kind)
    reason = models.TextField()
    taken_at = models.DateTimeField(db_default=Now(), editable=False)
    taken_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    taken_as = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="pack_step_is_known", condition=Q(kind__in=["returned", "put_forward"])
            ),
            models.CheckConstraint(name="pack_step_gives_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.pack}: {self.get_kind_display().lower()}"

    @property
    def author(self) -> str:
        """Who took it: the post held that day, or the name where there was none."""
        return self.taken_as or self.taken_by.display_name
