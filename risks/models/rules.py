"""The rules by which risks are escalated, promoted to the register and accepted: versioned data.

A version is written as a draft, put in force from a day to come, and never changes after that. It speaks of
how a risk lies against the two lines of whatever matrix it was scored under, so that a new matrix leaves the
rules as they are and new rules open no round of scoring. Which register a level belongs on is the matrix's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.urls import reverse

from assets.models.dpia import Level
from governance.history.adopting import Adoptable, AdoptableQuerySet
from governance.history.models import History
from governance.people.models import Role

if TYPE_CHECKING:
    from governance.figures.moment import Moment

LONGEST_GRACE = 366  # days
# Whom the rules may name beside the senior information risk owner. Who advises or audits decides nothing.
ACCEPTORS = (Role.IAO, Role.SERVICE_MANAGER, Role.IMSG_MEMBER, Role.IG_OFFICER, Role.RECORDS_MANAGER)
TOLD = (Role.SIRO, Role.IMSG_MEMBER, Role.IG_OFFICER)


def named(roles: tuple[Role, ...]) -> list[tuple[str, str]]:
    """Roles as the choices of a column."""
    return [(str(role), str(role.label)) for role in roles]


class RulesQuerySet(AdoptableQuerySet["EscalationRules"]):
    """Versions of the rules."""


class EscalationRules(Adoptable):
    """One version of the rules. `from_on` is the day it comes into force: none while it is a draft.

    An empty number of days, criticality or level means that this is not asked for.
    """

    number = models.PositiveSmallIntegerField("version", unique=True)
    source = models.CharField("where it comes from", max_length=300)
    asset_from = models.PositiveSmallIntegerField("criticality from which", null=True, blank=True)
    dpia_from = models.CharField(
        "risk left over in a DPIA from which",
        max_length=6,
        choices=Level,
        blank=True,
        default="",
    )
    days_within = models.PositiveSmallIntegerField("days overdue within appetite", null=True, blank=True)
    days_above = models.PositiveSmallIntegerField("days overdue above appetite", null=True, blank=True)
    days_beyond = models.PositiveSmallIntegerField("days overdue above tolerance", null=True, blank=True)
    overdue_to = models.CharField(
        "told of overdue reviews", max_length=20, choices=named(TOLD), default=Role.SIRO
    )
    accept_within = models.CharField(
        "accepts within appetite", max_length=20, choices=named(ACCEPTORS), blank=True, default=""
    )
    accept_above = models.CharField(
        "accepts above appetite", max_length=20, choices=named(ACCEPTORS), blank=True, default=""
    )
    from_on = models.DateField("in force from", null=True, blank=True, unique=True)

    said = (
        "source", "asset_from", "dpia_from", "days_within", "days_above", "days_beyond", "overdue_to",
        "accept_within", "accept_above",
    )  # fmt: skip
    changed_by_steps = ("number", "from_on")

    objects = RulesQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-number"]
        verbose_name = "rules of escalation"
        verbose_name_plural = "rules of escalation"
        constraints = [
            models.CheckConstraint(name="escalation_rules_say_where_they_come_from", condition=~Q(source="")),
            models.CheckConstraint(
                name="escalation_rules_wait_a_year_at_most",
                condition=Q(days_within__lte=LONGEST_GRACE)
                & Q(days_above__lte=LONGEST_GRACE)
                & Q(days_beyond__lte=LONGEST_GRACE),
            ),
            models.CheckConstraint(
                name="escalation_rules_wait_no_longer_for_what_is_worse",
                condition=Q(days_above__lte=F("days_within"))
                & Q(days_beyond__lte=F("days_above"))
                & Q(days_beyond__lte=F("days_within")),
            ),
            models.CheckConstraint(
                name="escalation_rules_ask_for_what_is_worse_too",
                condition=(Q(days_within=None) | Q(days_above__isnull=False))
                & (Q(days_above=None) | Q(days_beyond__isnull=False)),
            ),
            models.CheckConstraint(
                name="escalation_rules_name_a_known_level_of_dpia",
                condition=Q(dpia_from__in=["", "low", "medium", "high"]),
            ),
            models.CheckConstraint(
                name="escalation_rules_tell_somebody",
                condition=Q(overdue_to__in=[str(each) for each in TOLD]),
            ),
            models.CheckConstraint(
                name="escalation_rules_name_who_may_accept",
                condition=Q(accept_within__in=["", *(str(each) for each in ACCEPTORS)])
                & Q(accept_above__in=["", *(str(each) for each in ACCEPTORS)]),
            ),
        ]

    def __str__(self) -> str:
        return f"Rules of escalation, version {self.number}"

    def get_absolute_url(self) -> str:
        """The page of this version."""
        return reverse("risks:rules", args=[self.number])


class Standing:
    """The rules for a question: those in force at a moment, read in the same query, or a draft as typed."""

    def __init__(self, moment: Moment, draft: EscalationRules | None = None) -> None:
        self.moment, self.draft = moment, draft

    def says(self, name: str) -> Combinable:
        """What they say, as an expression: NULL where no rules are in force, or where nothing is said."""
        column: Any = EscalationRules._meta.get_field(name)
        kind = type(column)()
        if self.draft is not None:
            return Value(getattr(self.draft, name), output_field=kind)
        in_force = EscalationRules.objects.known(self.moment)
        return Subquery(in_force.values(name)[:1], output_field=kind)
