"""How good the data of an asset must be, and where they were found wanting (principle 4: fit for purpose)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from assets.models.asset import Asset
from assets.models.numbering import next_reference
from governance.figures.moment import Moment, Scope
from governance.history.models import History, Recorded, VersionQuerySet

if TYPE_CHECKING:
    from governance.people.models import User


class QualityRuleQuerySet(models.QuerySet["QualityRule"]):
    """Rules for the data of assets."""

    def visible_to(self, person: User) -> Self:
        """Those for assets that this person may open."""
        return self.filter(asset__in=Asset.objects.visible_to(person))

    def in_force(self) -> Self:
        """Those that still hold."""
        return self.filter(is_retired=False)


class QualityRule(Recorded):
    """What the data of an asset must be: "every tenant has a date of birth"."""

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="quality_rules")
    words = models.CharField("what must be so", max_length=300)
    checked_by = models.CharField("how it is checked", max_length=300, blank=True, default="")
    is_retired = models.BooleanField("no longer in force", default=False)

    objects = QualityRuleQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["asset", "words"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "words"], name="quality_rule_is_said_once"),
            models.CheckConstraint(name="quality_rule_says_something", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return self.words


class QualityIssueQuerySet(models.QuerySet["QualityIssue"]):
    """Issues with the data of assets."""

    def visible_to(self, person: User) -> Self:
        """Those of assets that this person may open."""
        return self.filter(asset__in=Asset.objects.visible_to(person))

    def with_words(self, typed: str) -> Self:
        """Those with every word in their number, their text, or the reference or title of their asset."""
        found = self
        for word in typed.split():
            found = found.filter(
                Q(reference__icontains=word)
                | Q(what__icontains=word)
                | Q(asset__reference__icontains=word)
                | Q(asset__title__icontains=word)
            )
        return found


class QualityIssueVersionQuerySet(VersionQuerySet):
    """Versions of issues."""

    def at(self, moment: Moment, scope: Scope) -> Self:
        """The issues as they stood at a moment, of the assets of a scope as they are now held."""
        found: Self = self.as_at(moment.as_at)
        if not scope.units:
            return found
        return found.filter(asset_id__in=Asset.objects.filter(unit__code__in=scope.units).values("pk"))


class QualityIssue(Recorded):
    """Data of an asset found wrong, to be corrected at the source and not in the copies."""

    class State(models.TextChoices):
        """What has become of it."""

        OPEN = "open", "Open"
        CORRECTED = "corrected", "Corrected at the source"
        ACCEPTED = "accepted", "Left as it is"

    reference = models.CharField(max_length=12, unique=True)
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="quality_issues")
    rule = models.ForeignKey(
        QualityRule, models.PROTECT, related_name="issues", null=True, blank=True, verbose_name="rule broken"
    )
    what = models.TextField("what is wrong")
    records = models.PositiveIntegerField("how many records", null=True, blank=True)
    source = models.CharField("where it must be corrected", max_length=200, blank=True, default="")
    found_on = models.DateField("found on")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ended_on = models.DateField("corrected or decided on", null=True, blank=True)
    outcome = models.TextField("what was done", blank=True, default="")

    objects = QualityIssueQuerySet.as_manager()
    history = History(historical_queryset=QualityIssueVersionQuerySet)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                name="quality_issue_reference_is_like_dq_0042", condition=Q(reference__regex=r"^DQ-\d{4,}$")
            ),
            models.CheckConstraint(name="quality_issue_says_what_is_wrong", condition=~Q(what="")),
            models.CheckConstraint(
                name="quality_issue_state_is_known", condition=Q(state__in=["open", "corrected", "accepted"])
            ),
            models.CheckConstraint(
                name="quality_issue_is_open_or_ended_with_words_and_a_day",
                condition=Q(state="open", ended_on=None, outcome="")
                | (~Q(state="open") & Q(ended_on__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="quality_issue_ends_after_it_was_found",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("found_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.what[:60]}"

    def log(self) -> None:
        """Enter it under the next number, such as DQ-0042; two who log at once get two."""
        with transaction.atomic():
            self.reference = next_reference(QualityIssue, "DQ")
            self.save(force_insert=True)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("assets:quality_issue", args=[self.reference])
