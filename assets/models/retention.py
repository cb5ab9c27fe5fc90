"""How long information is kept: the council's retention schedule as rules (domain.md 1.6)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from assets.models.lists import ListQuerySet
from governance.history.models import History, Recorded


class RetentionRule(Recorded):
    """One line of the retention schedule: from when, how long, then what, and on whose authority.

    `months` is empty where the period is a matter of judgement ("life of building"): `words` always say
    it, and no due date is then reckoned. `is_permanent` means never disposed of.
    """

    class Trigger(models.TextChoices):
        """From when the period runs."""

        CREATION = "creation", "Creation"
        CLOSURE = "closure", "Closure of the file"
        COMPLETION = "completion", "Completion"
        END_OF_CONTRACT = "end_of_contract", "End of contract"
        END_OF_EMPLOYMENT = "end_of_employment", "End of employment"
        END_OF_YEAR = "end_of_year", "End of the financial year"
        DATE_OF_BIRTH = "date_of_birth", "Date of birth"
        LAST_CONTACT = "last_contact", "Last contact or visit"
        EVENT = "event", "Another event, in words"

    class Action(models.TextChoices):
        """What then happens."""

        DESTROY = "destroy", "Destroy"
        REVIEW = "review", "Review"
        ARCHIVE = "archive", "Transfer to archives"
        RETAIN = "retain", "Retain in authority"
        PERMANENT = "permanent", "Retain permanently"

    class Authority(models.TextChoices):
        """Who says so."""

        STATUTE = "statute", "Statute"
        GUIDANCE = "guidance", "Guidance"
        BUSINESS = "business", "Business decision"

    code = models.SlugField(max_length=40, unique=True, help_text="number or code in the schedule")
    record_type = models.CharField(max_length=200)
    words = models.CharField("period in words", max_length=300, help_text='"6 years after closure"')
    trigger = models.CharField(max_length=20, choices=Trigger)
    months = models.PositiveIntegerField(null=True, blank=True, help_text="whole months, where computable")
    days = models.PositiveIntegerField(null=True, blank=True, help_text="calendar days, where computable")
    adds_current_year = models.BooleanField(
        "plus the current year", default=False, help_text="the period runs from the end of the financial year"
    )
    is_permanent = models.BooleanField("kept permanently", default=False)
    action = models.CharField("disposal action", max_length=10, choices=Action)
    authority = models.CharField(max_length=10, choices=Authority)
    source = models.CharField(max_length=300, blank=True, default="", help_text="the Act, guide or decision")
    review_on = models.DateField("review due", null=True, blank=True)
    is_retired = models.BooleanField("no longer offered", default=False)

    objects = ListQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="retention_rule_says_what_and_how_long",
                condition=~Q(code="") & ~Q(record_type="") & ~Q(words=""),
            ),
            models.CheckConstraint(
                name="retention_rule_permanent_has_no_period",
                condition=Q(is_permanent=False) | Q(months=None, days=None, action="permanent"),
            ),
            models.CheckConstraint(
                name="retention_rule_counts_months_or_days", condition=Q(months=None) | Q(days=None)
            ),
            models.CheckConstraint(
                name="retention_rule_is_of_at_most_999_years",
                condition=(Q(months=None) | Q(months__lte=12 * 999)) & (Q(days=None) | Q(days__lte=36525)),
            ),
            models.CheckConstraint(
                name="retention_rule_by_statute_names_it",
                condition=~Q(authority="statute") | ~Q(source=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.record_type}"
