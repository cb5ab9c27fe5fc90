"""Organisations that information is shared with, or that process it for the council."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from assets.models.lists import ListEntry
from governance.core.dates import long_date
from governance.history.models import History, Recorded, VersionQuerySet
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from governance.figures.moment import Moment


class PartnerKind(ListEntry):
    """What sort of organisation a partner is."""

    history = History()


class RenameError(ValueError):
    """A partner cannot take that name from that day. Says why."""


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Partners, by the names they had."""

    def named(self, on: date) -> Self:
        """Each with `name_then`, the name it had on that day."""
        return self.annotate(name_then=name_on(on, "pk"))

    def offered(self, *, also: int | None = None) -> Self:
        """Those that exist today as far as is known, and the one chosen before (`also`, its key)."""
        return self.filter(Q(abolished_on=None) | Q(pk=also))

    def for_change(self) -> Self:
        """Locked to the end of the transaction."""
        return self.select_for_update(no_key=True, of=("self",))

    def for_list(self) -> Self:
        """What a row of the list shows."""
        return self.select_related("kind", "succeeded_by").order_by("name")


class PartnerVersionQuerySet(VersionQuerySet):
    """Versions of partners."""

    def at(self, moment: Moment) -> Self:
        """The partners as they stood at a moment, each with `name_then`, its name on that day."""
        found: Self = self.before(instant_of(moment)).annotate(name_then=name_on(moment.as_at, "id"))
        return found


class Partner(Recorded):
    """An organisation, by the name it has today; former names are rows with the last day of each."""

    code = models.SlugField(max_length=60, unique=True, help_text="a short code, used in files")
    name = models.CharField(max_length=200, unique=True)
    kind = models.ForeignKey(PartnerKind, models.PROTECT, related_name="partners", null=True, blank=True)
    contact_post = models.CharField(
        "accountable post", max_length=200, blank=True, default="", help_text="a post, never a name"
    )
    mailbox = models.EmailField("shared mailbox", blank=True, default="")
    ico_registration = models.CharField("registration with the ICO", max_length=20, blank=True, default="")
    understanding_on = models.DateField("memorandum of understanding signed on", null=True, blank=True)
    assurance = models.TextField(
        blank=True, default="", help_text="what shows that it keeps information safe: certificates, toolkits"
    )
    abolished_on = models.DateField("ceased to exist on", null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, related_name="predecessors", null=True, blank=True
    )

    objects = PartnerQuerySet.as_manager()
    history = History(historical_queryset=PartnerVersionQuerySet)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="partner_has_code_and_name", condition=~Q(code="") & ~Q(name="")),
            models.CheckConstraint(
                name="partner_has_a_successor_once_it_ceased",
                condition=Q(succeeded_by=None) | Q(abolished_on__isnull=False),
            ),
            models.CheckConstraint(
                name="partner_does_not_succeed_itself",
                condition=Q(succeeded_by=None) | ~Q(succeeded_by=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The partner's page."""
        return reverse("assets:partner", args=[self.code])

    # Changes

    def rename(self, name: str, *, on: date) -> None:
        """Call it by another name from that day on, the day included; the old name stays for before.

        Raises RenameError where a former name was still in use after that day, or nothing would change.
        """
        with transaction.atomic():
            standing = Partner.objects.for_change().get(pk=self.pk)
            last = standing.former_names.first()
            if standing.name == name:
                raise RenameError(f"It is already called {name}")
            if last and last.until_on >= on - timedelta(days=1):
                raise RenameError(f"It was still called {last.name} until {long_date(last.until_on)}")
            standing.former_names.create(name=standing.name, until_on=on - timedelta(days=1))
            standing.name = name
            standing.save(update_fields=["name"])
        self.refresh_from_db()


class FormerName(Recorded):
    """What a partner was called until the last day of that name."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=200)
    until_on = models.DateField("until")

    history = History()

    class Meta:
        ordering = ["partner", "-until_on"]
        constraints = [
            models.CheckConstraint(name="former_name_is_a_name", condition=~Q(name="")),
            models.UniqueConstraint(name="partner_gives_up_one_name_a_day", fields=["partner", "until_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.name}, until {long_date(self.until_on)}"


def name_on(day: date, key: str) -> Any:
    """For an annotation: the name on that day of the partner whose key is in the column `key`."""
    former = FormerName.objects.filter(partner=OuterRef(key), until_on__gte=day).order_by("until_on")
    today = Partner.objects.filter(pk=OuterRef(key))
    return Coalesce(Subquery(former.values("name")[:1]), Subquery(today.values("name")[:1]))
