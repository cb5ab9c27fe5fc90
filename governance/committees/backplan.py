"""When papers are due: planned back from the meeting, by the rule of its body and the council's calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from governance.committees.models import Meeting, Period, PublicationRule, Step
from governance.core.dates import long_date
from governance.core.working_days import WorkingDays, not_known

if TYPE_CHECKING:
    from governance.committees.models import FixedStep

CLEARED = (Step.FINANCE, Step.LEGAL, Step.DIRECTOR, Step.MEMBER)


@dataclass(frozen=True)
class Due:
    """A step before a meeting and the last day for it; `fixed` says why, where it was set by hand."""

    step: Step
    on: date
    fixed: str = ""

    @property
    def label(self) -> str:
        """The step in words."""
        return str(self.step.label)


@dataclass(frozen=True)
class Backplan:
    """The steps before one meeting in the order of their days, and what the calendar says of it."""

    meeting: Meeting
    rule: PublicationRule
    days: WorkingDays
    steps: Sequence[Due]
    stands_out: Sequence[Period]  # of the day of the meeting
    elections: Sequence[Period]

    def due(self, step: Step) -> date:
        """The last day for a step that the meeting has."""
        return next(each.on for each in self.steps if each.step == step)

    @property
    def published_by(self) -> date:
        """The last day on which a paper is published in time."""
        return self.due(Step.PUBLICATION)

    @property
    def notice(self) -> str:
        """The rule of publication in words."""
        return f"{self.rule.clear_days} {self._days_of(self.rule.clear_days)}"

    def _days_of(self, number: int) -> str:
        return f"clear {'working ' if self.rule.counts_working else ''}{'day' if number == 1 else 'days'}"

    @property
    def warning(self) -> str:
        """Said where bank holidays are not known that would matter; "" elsewhere."""
        last = self.effective_on or self.meeting.held_on
        return not_known(min(each.on for each in self.steps), last)

    @property
    def decided_on(self) -> date | None:
        """The day from which a call-in is counted: of publication, else of the meeting."""
        if not self.meeting.body.is_executive:
            return None
        return self.meeting.decisions_published_on or self.meeting.held_on

    @property
    def call_in_until(self) -> date | None:
        """The last day on which a decision may be called in."""
        if self.decided_on is None:
            return None
        if not self.rule.call_in_days:
            return self.decided_on
        return self.days.after(self.decided_on, self.rule.call_in_days)

    @property
    def effective_on(self) -> date | None:
        """The day on which a decision that is not called in takes effect."""
        return self.days.after(self.call_in_until, 1) if self.call_in_until else None

    def notice_of(self, published: date) -> str:
        """How much notice publication on a day gives, beside what is asked for."""
        clear = self.days.clear_between(published, self.meeting.held_on, working=self.rule.counts_working)
        if published > self.published_by:
            return f"{clear} of the {self.notice} that are asked for"
        return f"{clear} {self._days_of(clear)}; {self.rule.clear_days} asked for"

    def moved(self, other: Backplan) -> tuple[list[str], list[str]]:
        """Which steps another plan of the same meeting has on other days, and which were left as fixed."""
        before = {each.step: each for each in self.steps}
        moved = [
            f"{each.label}: from {long_date(before[each.step].on)} to {long_date(each.on)}"
            for each in other.steps
            if each.step in before and before[each.step].on != each.on
        ]
        left = [f"{each.label}: {long_date(each.on)}" for each in other.steps if each.fixed]
        return moved, left


class Calendar:
    """The rules and days of the council, read once for however many meetings."""

    def __init__(self, rules: Iterable[PublicationRule], periods: Iterable[Period]) -> None:
        self.rules, self.periods = list(rules), list(periods)

    @classmethod
    def current(cls) -> Calendar:
        """As it stands now: two queries."""
        return cls(PublicationRule.objects.all(), Period.objects.all())

    @cached_property
    def days(self) -> WorkingDays:
        """Working days, without the council's own closures."""
        return WorkingDays(
            frozenset(
                period.from_on + timedelta(days=n)
                for period in self.periods
                if period.kind == Period.Kind.CLOSURE and period.until_on
                for n in range((period.until_on - period.from_on).days + 1)
            )
        )

    def rule_for(self, meeting: Meeting) -> PublicationRule:
        """That of its body on the day of the meeting; else the council's; else that of the law."""
        adopted = [each for each in self.rules if each.from_on <= meeting.held_on]
        own = [each for each in adopted if each.body_id == meeting.body_id]
        ours = [each for each in adopted if each.body_id is None]
        found = own or ours
        return max(found, key=lambda each: each.from_on) if found else PublicationRule(from_on=date.min)

    def plan(self, meeting: Meeting, fixed: Iterable[FixedStep] | None = None) -> Backplan:
        """The steps before a meeting. Asks nothing where its fixed steps have been fetched, or are given."""
        rule = self.rule_for(meeting)
        known = meeting.fixed_steps.all() if fixed is None else fixed
        by_hand = {each.step: each for each in known}
        steps = sorted(self._steps(meeting, rule, by_hand), key=lambda each: each.on)
        shown = [each for each in self.periods if each.is_in_force(meeting.held_on)]
        elections = [each for each in self.periods if each.kind == Period.Kind.PRE_ELECTION]
        return Backplan(meeting, rule, self.days, steps, shown, elections)

    def _steps(self, meeting: Meeting, rule: PublicationRule, fixed: dict[str, FixedStep]) -> Iterable[Due]:
        def due(step: Step, on: date) -> Due:
            by_hand = fixed.get(step)
            return Due(step, by_hand.due_on, by_hand.reason) if by_hand else Due(step, on)

        held = meeting.held_on
        if meeting.body.is_executive:
            yield due(Step.NOTICE, self.days.notice_by(held, rule.notice_days, working=False))
        by = self.days.notice_by(held, rule.clear_days, working=rule.counts_working)
        published = due(Step.PUBLICATION, by)
        for step in (Step.FREEZE, *CLEARED):
            yield due(step, self.days.before(published.on, getattr(rule, f"{step.value}_before")))
        yield published
