"""What the registers answer when the question of a published figure is asked again, and why it differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from governance.committees.blocks import balance
from governance.committees.causes import ANEW, Causes, causes_of, why
from governance.committees.kinds import is_version, kind_of
from governance.committees.models import PublishedFigure
from governance.committees.restating.waiting import behind
from governance.core.dates import long_date
from governance.figures.figure import Entry, UnknownFigureError, get_figure, movement
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from governance.people.models import User


@dataclass(frozen=True)
class Change:
    """One record that differs: what became of it in the figure, and who changed what it rests on, and why."""

    reference: str
    address: str
    became: str = ""
    cause: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the registers answer today. `sentence` says it; `closed` changes the reader may not open."""

    sentence: str
    same: bool
    changes: Sequence[Change] = ()
    closed: int = 0


class Differences(NamedTuple):
    """Today's answer beside the published one: what left, what came, what now rests on another update."""

    gone: list[Entry]
    come: list[Entry]
    renewed: list[Entry]

    def value(self, figure: PublishedFigure) -> int:
        """What the figure is today."""
        return figure.value + len(self.come) - len(self.gone)


def as_published(figure: PublishedFigure, person: User) -> Verdict:
    """The same figure at the same moment, asked today."""
    if not figure.has_entries:
        return Verdict(
            "The number stands as it was printed; the rows behind it were not kept here.", same=True
        )
    try:
        found = _differences(figure, figure.moment)
    except UnknownFigureError:
        return Verdict(
            "The registers no longer keep this figure. The rows below are those that were published.",
            same=False,
        )
    if not any(found):
        return Verdict(
            f"As published: asked again for the same moment, the registers give the same "
            f"{figure.value} today. That is by what was known when the paper was frozen.",
            same=True,
        )
    sentence = (
        "Not as published: something the figure rests on has been changed since. Asked again for the same "
        f"moment, the registers give {found.value(figure)} today."
    )
    return _verdict(sentence, figure, found, person)


def as_known_now(figure: PublishedFigure, person: User) -> Verdict | None:
    """The figure as at the same day with all that is known now: what was corrected since, by whom and why.

    None where that cannot be asked.
    """
    if figure.movement or not figure.has_entries:
        return None
    try:
        found = _differences(figure, Moment(figure.day, timezone.now()))
    except UnknownFigureError:
        return None
    # A version of an entry is no fact of its own: another word in it changes nothing that was counted.
    found = found._replace(renewed=[each for each in found.renewed if not is_version(each.evidence_kind)])
    if not any(found):
        return Verdict(
            "Nothing that was learned later changes it: as known today, the figure as at "
            f"{long_date(figure.day)} is {figure.value}.",
            same=True,
        )
    learned = _causes(figure, found)
    return _verdict(_known_today(figure, found, learned), figure, found, person, learned)


def _known_today(figure: PublishedFigure, found: Differences, causes: Causes) -> str:
    value = found.value(figure)
    start = (
        f"Still {value}."
        if value == figure.value
        else f"By all that was learned since, {value} as known today."
    )
    if not (number := len(found.renewed)):
        return start
    corrected = all(entry.subject in causes and causes[entry.subject].corrects_id for entry in found.renewed)
    noun, fact = kind_of(figure).noun, kind_of(figure).fact
    if number == 1:
        return f"{start} One {noun} in it now rests on {'a corrected' if corrected else 'another'} {fact}."
    facts = f"{'corrected' if corrected else 'other'} {fact}s"
    return f"{start} {number} {noun}s in it now rest on {facts}."


def _differences(figure: PublishedFigure, moment: Moment) -> Differences:
    """Today's entries where they differ; those gone are as published."""
    published = {entry.subject: entry for entry in figure.listed()}
    today = {entry.subject: entry for entry in asked_again(figure, moment)}
    return Differences(
        [entry for subject, entry in published.items() if subject not in today],
        [entry for subject, entry in today.items() if subject not in published],
        [
            e
            for subject, e in today.items()
            if subject in published and e.evidence != published[subject].evidence
        ],
    )


def asked_again(figure: PublishedFigure, moment: Moment) -> list[Entry]:
    """The entries of a published figure, or of the part of one, as the registers give them at a moment."""
    if "since" in figure.dimension:
        return balance.asked_again(figure, moment)
    asked = get_figure(figure.key)
    parts = {asked.shape.dimensions[name]: value for name, value in figure.parts.items()}
    entries = asked.entries_of(asked.rows(moment, figure.counted).filter(**parts))
    if figure.earlier:
        found: list[Entry] = getattr(movement(figure.earlier.listed(), entries), figure.movement)
        return found
    return entries


def _causes(figure: PublishedFigure, found: Differences) -> Causes:
    moved = [entry.subject for entry in (*found.gone, *found.come)]
    return causes_of(figure, moved, [entry.subject for entry in found.renewed])


def _verdict(
    sentence: str, figure: PublishedFigure, found: Differences, person: User, causes: Causes | None = None
) -> Verdict:
    """The verdict with those changes that this person may open, by reference; the others are counted."""
    became = {"is no longer counted": found.gone, "is now counted": found.come, "": found.renewed}
    pairs = [(words, entry) for words, entries in became.items() for entry in entries]
    moved = [entry.subject for entry in (*found.gone, *found.come) if entry.subject not in (causes or {})]
    others = behind(figure, moved) if causes is not None else {}
    keys = [entry.subject for _, entry in pairs] + [action for action, _, _ in others.values()]
    may_open = opened_by(person, figure, keys)
    told = {entry.subject: _told(causes, entry.subject) for _, entry in pairs}
    told |= {
        subject: (who, reason) for subject, (action, who, reason) in others.items() if action in may_open
    }
    address = get_figure(figure.key).shape.address
    changes = [
        Change(entry.reference, address(entry.reference), words, *told[entry.subject])
        for words, entry in pairs
        if entry.subject in may_open
    ]
    return Verdict(sentence, same=False, changes=changes, closed=len(pairs) - len(changes))


def _told(causes: Causes | None, subject: int) -> tuple[str, str]:
    """What changed a record, and why; where no fact of its own did, that it rests on others that moved."""
    if causes is None:
        return "", ""
    return why(causes[subject]) if subject in causes else (ANEW, "")


def opened_by(person: User, figure: PublishedFigure, subjects: Sequence[int]) -> set[int]:
    """Those of the subjects of a figure that this person may open."""
    visible = kind_of(figure).subjects.objects.visible_to(person).filter(pk__in=subjects)
    return set(visible.values_list("pk", flat=True))
