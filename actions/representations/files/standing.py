"""What stands for actions, fact by fact, now or when a file was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from actions.models import (
    Action,
    ActionPrinciple,
    ActionRecommendation,
    ActionWorkstream,
    Completion,
    DateRevision,
    ProgressUpdate,
    Recommendation,
    RecommendationPriority,
    SourceReference,
)
from actions.representations.files import due, naming, placing, priority, progress
from actions.representations.files.row import (
    ANSWERS,
    AREA,
    DUE,
    MILESTONE,
    NAMED,
    PRIORITY,
    PROGRESS,
    SERVED,
)
from governance.figures.moment import Moment
from governance.people.registers.facts import Fact, Standing


def standing(keys: Collection[int]) -> dict[int, Standing]:
    """What stands now for each of these actions: eleven queries."""
    return At(Moment.now()).of(keys)


def before(instant: datetime, keys: Collection[int]) -> dict[int, Standing]:
    """What stood for them just before an instant."""
    return At(Moment(localdate(instant), instant), instant).of(keys)


def relied_on(keys: Collection[int]) -> dict[int, dict[str, str]]:
    """What is not taken back of actions whose completion was approved or verified since: that it is done, and
    the date by which it was."""
    now: Any = Moment.now()
    done: Any = Completion.objects.of_claims_that_stand(now).exclude(kind=Completion.Kind.REFUSED)
    found = done.filter(action__in=keys).order_by("pk").values_list("action", "kind")
    return {
        key: dict.fromkeys((PROGRESS, DUE), f"{Completion.Kind(kind).label.lower()} since")
        for key, kind in found
    }


@dataclass(frozen=True)
class At:
    """A moment; of a past one the versions of its instant are read."""

    moment: Moment
    instant: datetime | None = None

    def rows(self, model: Any) -> Any:
        """The entries of a register as they stand, or stood."""
        return model.objects.all() if self.instant is None else model.history.before(self.instant)

    def of(self, keys: Collection[int]) -> dict[int, Standing]:
        """Each kind of fact by its name, of each action that there was."""
        facts: dict[str, dict[int, Fact]] = {
            PROGRESS: self.progress(keys),
            DUE: self.due(keys),
            ANSWERS: self.answers(keys),
            AREA: self.areas(keys),
            MILESTONE: self.milestones(keys),
            SERVED: self.served(keys),
            NAMED: self.named(keys),
            PRIORITY: self.priorities(keys),
        }
        return {key: {name: found.get(key) for name, found in facts.items()} for key in facts[PROGRESS]}

    def progress(self, keys: Collection[int]) -> dict[int, Fact]:
        """The update that stands, with the day on which the action was opened."""
        updates: Any = ProgressUpdate.objects
        mine = updates.live(self.moment).filter(action__in=keys).order_by("action", "place")
        opened = dict(mine.distinct("action").values_list("action", "effective_on"))
        stands = updates.standing(self.moment).filter(action__in=keys)
        return {each.action_id: reported(each, opened[each.action_id]) for each in stands}

    def due(self, keys: Collection[int]) -> dict[int, Fact]:
        """The date that stands, with the first one and the day on which it was agreed."""
        firsts = dict(self.rows(Action).filter(id__in=keys).values_list("id", "original_due_on"))
        moved = {
            each.action_id: each
            for each in DateRevision.objects.standing(self.moment).filter(action__in=keys)
        }
        first_moves = dict(
            DateRevision.objects.live(self.moment)
            .filter(action__in=[key for key in moved if firsts.get(key) is None])
            .order_by("action", "-effective_on", "-place")
            .values_list("action", "due_on")
        )
        found = {key: dated(None, first, first) for key, first in firsts.items() if first}
        return found | {
            key: dated(each, each.due_on, firsts.get(key) or first_moves[key]) for key, each in moved.items()
        }

    def answers(self, keys: Collection[int]) -> dict[int, Fact]:
        """The recommendations, and the one for which the action was agreed."""
        fields = "recommendation__reference", "recommendation"
        actions = self.rows(Action).filter(id__in=keys).exclude(recommendation=None)
        links = self.rows(ActionRecommendation).filter(action__in=keys)
        firsts = {key: (word, of) for key, word, of in actions.values_list("id", *fields)}
        named: dict[int, dict[str, int]] = defaultdict(dict)
        for key, word, of in [
            *links.values_list("action", *fields),
            *((key, *each) for key, each in firsts.items()),
        ]:
            named[key][word] = of
        return {key: placing.answering(words, firsts.get(key, ("", None))[1]) for key, words in named.items()}

    def areas(self, keys: Collection[int]) -> dict[int, Fact]:
        """The scope area."""
        actions = self.rows(Action).filter(id__in=keys).exclude(scope_area=None)
        rows = actions.values_list("id", "scope_area__title", "scope_area")
        return {key: {"said": title, "area": area} for key, title, area in rows}

    def milestones(self, keys: Collection[int]) -> dict[int, Fact]:
        """The milestone, by the name that it has now."""
        actions = self.rows(Action).filter(id__in=keys).exclude(milestone=None)
        rows = actions.values_list("id", "milestone__title", "milestone")
        return {key: {"said": title, "milestone": milestone} for key, title, milestone in rows}

    def served(self, keys: Collection[int]) -> dict[int, Fact]:
        """The workstream and the principles."""
        links = self.rows(ActionWorkstream).filter(action__in=keys)
        streams = {key: each for key, *each in links.values_list("action", "workstream", "workstream__name")}
        under: dict[int, list[tuple[int, str]]] = defaultdict(list)
        rows = self.rows(ActionPrinciple).filter(action__in=keys)
        for key, *each in rows.values_list("action", "principle", "principle__name"):
            under[key].append((each[0], each[1]))
        return {key: serving(streams.get(key, (None, "")), under[key]) for key in {*streams, *under}}

    def named(self, keys: Collection[int]) -> dict[int, Fact]:
        """What other lists call it."""
        found: dict[int, dict[str, str]] = defaultdict(dict)
        rows = self.rows(SourceReference).filter(action__in=keys)
        for key, word, source in rows.values_list("action", "reference", "source"):
            found[key][word] = source
        return {key: naming.calling(words) for key, words in found.items()}

    def priorities(self, keys: Collection[int]) -> dict[int, Fact]:
        """The priority of the recommendation for which the action was agreed."""
        names = dict(RecommendationPriority.objects.values_list("code", "name"))
        actions = self.rows(Action).filter(id__in=keys)
        asked = {key: of for key, of in actions.values_list("id", "recommendation") if of}
        ranked = self.rows(Recommendation).filter(id__in={*asked.values()}).exclude(priority="")
        codes: dict[int, str] = dict(ranked.values_list("id", "priority"))
        return {
            key: priority.told(names.get(codes[of], codes[of]), of, codes[of])
            for key, of in asked.items()
            if of in codes
        }


def reported(update: ProgressUpdate, opened: date) -> Fact:
    """An update as a batch keeps it."""
    evidence = "\n".join(update.evidence.strip().splitlines())
    facts = {"status": update.status, "on": update.effective_on.isoformat(), "evidence": evidence}
    said = progress.told(update.status, update.effective_on, evidence)
    return {"said": said, "opened": opened.isoformat(), "recorded": update.pk} | facts


def dated(revision: DateRevision | None, day: date, first: date) -> Fact:
    """A date as a batch keeps it; that of a revision with the day on which it was agreed."""
    agreed = {"recorded": revision and revision.pk, "on": revision and revision.effective_on.isoformat()}
    return due.told(day, first) | agreed


def serving(stream: Iterable[Any], under: Iterable[tuple[int, str]]) -> Fact:
    """What an action serves, as a batch keeps it."""
    key, name = stream
    return placing.serving(key, name, [each for each, _ in under], [said for _, said in under])
