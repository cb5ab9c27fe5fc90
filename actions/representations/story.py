"""What was told of an action, in the order in which it stands, and what two people say at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from actions.models import ProgressUpdate, Status
from governance.core.components import Column
from governance.core.dates import LONDON, long_date
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from actions.models import Action
    from governance.history.timeline import Event

RIVAL_COLUMNS = [Column("What"), Column("Yours"), Column("Theirs")]
OWN_COLUMNS = [Column("What"), Column("What you typed now"), Column("What you recorded")]


@dataclass(frozen=True)
class Report:
    """A report in the timeline: the update, those it took the place of (latest first), whether it stands,
    and whether it shares its day with another, so that only the time tells them apart."""

    update: ProgressUpdate
    corrected: Sequence[ProgressUpdate] = field(default_factory=tuple)
    stands: bool = False
    shares_day: bool = False

    @property
    def day(self) -> date:
        """The day it took effect."""
        return self.update.effective_on

    @property
    def first_told_at(self) -> datetime:
        """When it was first recorded: a correction keeps the place in the day of what it corrects."""
        return (self.corrected[-1] if self.corrected else self.update).recorded_at

    @property
    def known(self) -> str:
        """The day it became known; with the time, where that tells reports of one day apart.

        What was brought in from a document became known on a day, at no known time.
        """
        with_time = self.shares_day and not self.update.source_document
        return date_format(
            localtime(self.update.known_at, LONDON), "DATETIME_FORMAT" if with_time else "DATE_FORMAT"
        )


@dataclass(frozen=True)
class FactChange:
    """A change of the action's own facts in the timeline."""

    event: Event

    @property
    def day(self) -> date:
        """The day it was made."""
        return self.event.when.astimezone(LONDON).date()

    @property
    def first_told_at(self) -> datetime:
        """When it was made."""
        return self.event.when


def story(told_of: Sequence[Report], events: Iterable[Event], moment: Moment) -> list[Report | FactChange]:
    """Everything known of an action at a moment, the latest first: by day, and in a day as it was told."""
    told: list[Report | FactChange] = [
        *told_of,
        *(FactChange(event) for event in events if event.when < moment.known_before),
    ]
    return sorted(told, key=lambda item: (item.day, item.first_told_at), reverse=True)


def reports(updates: Sequence[ProgressUpdate], moment: Moment) -> list[Report]:
    """The reports known and in effect at a moment, the latest first, each with what it corrected."""
    known = {u.pk: u for u in updates if u.known_at < moment.known_before}
    replaced = {u.corrects_id for u in known.values()}
    heads = [u for u in known.values() if u.pk not in replaced and u.effective_on <= moment.as_at]
    heads.sort(key=lambda u: (u.effective_on, u.place), reverse=True)
    standing = next((u for u in heads if not u.void), None)
    days = Counter(u.effective_on for u in heads)
    return [Report(u, tuple(_before(u, known)), u is standing, days[u.effective_on] > 1) for u in heads]


def _before(update: ProgressUpdate, known: Mapping[int, ProgressUpdate]) -> Iterable[ProgressUpdate]:
    while update.corrects_id:
        update = known[update.corrects_id]
        yield update


REASONS = {"why": "Why", "waiver": "Why it goes ahead", "reason": "Why it is corrected"}


def side_by_side(said: Mapping[str, Any], rival: ProgressUpdate) -> list[tuple[str, str, str]]:
    """What two people state of one action: label, the words of one, the words of the other; of reasons those
    that the one gives; of what takes its place, where that was asked."""
    fields = ("status", "effective_on", "evidence", "void")
    ours, theirs = _in_words(said), _in_words({name: getattr(rival, name) for name in fields})
    stated = [(label, ours[label], theirs[label]) for label in ours]
    given = [(label, said[name], getattr(rival, name)) for name, label in REASONS.items() if said.get(name)]
    in_place = _in_its_place(said["replaced_by"], rival) if "replaced_by" in said else []
    return stated + given + in_place


def _in_its_place(named: Iterable[Action], rival: ProgressUpdate) -> list[tuple[str, str, str]]:
    """What takes the place of the action by what the one typed, and by what is recorded beside what the other
    said; nothing where neither says any."""
    recorded = rival.action.replacement_links.values_list("replacement__reference", flat=True)
    theirs = list(recorded) if rival.status == Status.WITHDRAWN and not rival.void else []
    ours = [each.reference for each in named]
    told = (", ".join(sorted(ours)) or "Nothing", ", ".join(sorted(theirs)) or "Nothing")
    return [("What takes its place", *told)] if ours or theirs else []


def _in_words(said: Mapping[str, Any]) -> dict[str, str]:
    if said.get("void"):
        return {"Status": "This never happened", "From": "", "Evidence": ""}
    return {
        "Status": Status(said["status"]).label,
        "From": long_date(said["effective_on"]),
        "Evidence": said["evidence"] or "None given",
    }
