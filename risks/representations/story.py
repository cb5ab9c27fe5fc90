"""The one history of a risk: everything that became of it, in one list, and of what kind each is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import TextChoices

from governance.core.components import TimelineEntry
from governance.core.dates import long_date
from governance.people.registers.versions import instant_of
from risks.models import RiskColour
from risks.representations.merging import MERGED_INTO
from risks.representations.story_acceptance import answers_told, requests_told
from risks.representations.story_links import controls_told, links_told, merges_told
from risks.representations.story_scores import crossings_told, scores_told

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.history.timeline import Event
    from governance.people.models import User
    from risks.models import Acceptance, Assessment, Risk


class Kind(TextChoices):
    """Of what kind an entry of the history is; what a reader may choose to see alone."""

    SCORE = "score", "Scores"
    LINE = "line", "Crossings of appetite and tolerance"
    ACCEPTANCE = "acceptance", "Acceptance"
    CHANGE = "change", "Changes of the entry"
    CONTROL = "control", "Controls"
    LINK = "link", "Assets, actions and incidents"
    MERGE = "merge", "Merging"
    COLOUR = "colour", "Colours that were set"


class Told(NamedTuple):
    """What happened, and of what kind it is."""

    kind: Kind
    entry: Event | TimelineEntry


def story_of(
    risk: Risk,
    moment: Moment,
    person: User,
    events: Sequence[Event],
    scores: Sequence[Assessment],
    answers: Iterable[Acceptance],
) -> list[Told]:
    """Everything that was recorded by the moment, the latest first; of what happened at one instant, what
    follows stands above what it follows from.

    `events` are the changes of the entry, `scores` all that were known, `answers` those that were read
    `for_history`: the page has them already. Eleven queries beside, however much there is to tell. Nothing
    is told of an asset, action, incident or other risk that the person may not open.
    """
    instant = instant_of(moment)
    found: dict[Kind, Iterable[Event | TimelineEntry]] = {
        Kind.ACCEPTANCE: [*answers_told(answers), *requests_told(risk)],
        Kind.LINE: crossings_told(scores),
        Kind.SCORE: scores_told(scores),
        Kind.COLOUR: map(_colour, RiskColour.objects.filter(risk=risk).recorded(moment)),
        Kind.CHANGE: [each for each in events if not _is_merge(each)],
        Kind.CONTROL: controls_told(risk, instant),
        Kind.LINK: links_told(risk, person),
        Kind.MERGE: [*filter(_is_merge, events), *merges_told(risk, person)],
    }
    told = [Told(kind, entry) for kind, entries in found.items() for entry in entries if entry.when < instant]
    return sorted(told, key=lambda each: each.entry.when, reverse=True)


def chosen(told: Iterable[Told], kinds: Collection[str]) -> list[Event | TimelineEntry]:
    """The entries of these kinds; of every kind where none is chosen."""
    return [each.entry for each in told if not kinds or each.kind in kinds]


def _is_merge(event: Event) -> bool:
    """Was it merged into another, or found to be no duplicate?"""
    return any(change.label == MERGED_INTO for change in event.changes)


def _colour(each: Any) -> TimelineEntry:
    """A colour that a person set, or took back."""
    until = each.until and f"{each.get_colour_display()} set as its colour until {long_date(each.until)}"
    words = until or "The computed colour is shown again"
    return TimelineEntry(words, each.recorded_at, post=each.recorded_as, reason=each.reason)
