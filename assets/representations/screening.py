"""Whether the criteria that apply to an activity mean that a DPIA is required, in words (domain.md 2.4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from assets.models import Advice, DpiaCriterion, GoAhead, ProcessingActivity, Screening, ScreeningCriterion
from assets.representations.article_30 import Missing


class Outcome(NamedTuple):
    """What follows from the criteria: whether a DPIA is required, and the sentences that say why."""

    is_required: bool
    because: list[str]

    @property
    def words(self) -> str:
        """The outcome in one sentence."""
        if self.is_required:
            return f"A DPIA is required because {'; '.join(self.because)}."
        if self.because:
            return f"No DPIA is required by this alone: {'; '.join(self.because)}."
        return "No criterion applies, so no DPIA is required."


def outcome(criteria: Sequence[DpiaCriterion]) -> Outcome:
    """What follows from the criteria that apply.

    One that stands by itself is enough. Of those that count only with another, two are needed that do not
    say the same thing in two lists; what is on the European list alone then normally means a DPIA.
    """
    alone = [each for each in criteria if not each.needs_another]
    if alone:
        return Outcome(is_required=True, because=[_said(each) for each in alone])
    different = {each.same_as_id or each.pk for each in criteria}
    together = [_said(each) for each in criteria]
    if len(different) > 1:
        return Outcome(is_required=True, because=[f"these apply together: {', '.join(together)}"])
    return Outcome(is_required=False, because=[f"{each} counts only with another" for each in together])


def is_on(advice: Advice | None, criteria: Collection[DpiaCriterion]) -> bool:
    """Was it given since exactly these criteria are saved as those that apply to its activity?"""
    if advice is None:
        return False
    screenings = Screening.objects.filter(activity=advice.activity_id)
    saved = ScreeningCriterion.objects.filter(screening__in=screenings).values_list("criterion_id", flat=True)
    changes = ScreeningCriterion.history.filter(screening_id__in=screenings.values("pk"))
    same = set(saved) == {each.pk for each in criteria}
    return same and not changes.filter(history_date__gt=advice.given_at).exists()


def lacks_sign_off(activity: ProcessingActivity) -> bool:
    """Does the activity, as it stands, require a DPIA of which none is signed off?"""
    required = Screening.objects.filter(activity=activity, is_required=True).exists()
    return required and not activity.dpias.filter(state="signed_off").exists()


def go_ahead_of(activity: ProcessingActivity) -> GoAhead | None:
    """The senior information risk owner's decision that counts: none once the screening changed."""
    found: GoAhead | None = activity.go_aheads.first()
    return found if found and found.counts else None


def bars(activity: ProcessingActivity) -> list[Missing]:
    """What keeps an activity from going live although it is complete (UK GDPR Article 35(1): prior to the
    processing)."""
    if not lacks_sign_off(activity) or go_ahead_of(activity):
        return []
    words = (
        "Have the DPIA signed off that the screening requires, or ask the senior information risk owner to "
        "decide that it may go ahead without"
    )
    return [Missing("dpia", "dpia", words)]


def _said(criterion: DpiaCriterion) -> str:
    name = criterion.name[:1].lower() + criterion.name[1:]
    return f"{name} ({criterion.law})" if criterion.law else name
