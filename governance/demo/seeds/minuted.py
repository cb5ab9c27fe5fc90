"""Figures as Northmere's minutes have them: July's as recalled in October, October's as recalled in February.

The numbers are those of the published minutes (golden-case.md); the words are ours, and illustrative.
"""

from __future__ import annotations

from datetime import date

from governance.committees.models import Meeting, Minute, Paper
from governance.committees.services.minuting import record
from governance.demo.seeds.processing import holder
from governance.demo.seeds.told import BODY, FEBRUARY, JULY, OCTOBER
from governance.history.trail import signed
from governance.people.models import Role, User

PLAN = "ico-2015"
STATUSES = ("actions.completed", "actions.in_progress", "actions.not_started")
# The meeting whose paper is recalled, the meeting that recalls it, its numbers by status, and its words.
RECALLED = (
    (
        JULY,
        OCTOBER,
        (8, 49, 20),
        "It was recalled that in July 8 actions had been completed, 49 were in progress and 20 were yet to "
        "begin.",
    ),
    (
        OCTOBER,
        FEBRUARY,
        (48, 27, 4),
        "The committee had been informed in October that 48 actions were completed, 27 were in progress and "
        "4 had not been started.",
    ),
)


def enter(by: User) -> None:
    """Both passages, by the clerk, each beside the figures of the paper that it recalls."""
    clerk = holder(Role.COMMITTEE_OFFICER)
    if clerk is None or Minute.objects.exists():
        return
    with signed(clerk, reason="Minutes compared with the papers"):
        for told_on, recalled_on, numbers, words in RECALLED:
            recall(told_on, recalled_on, numbers, words)


def recall(told_on: date, recalled_on: date, numbers: tuple[int, ...], words: str) -> None:
    """One passage, where that paper and that meeting are here."""
    papers = Paper.objects.issued().filter(meeting__body__code=BODY)
    paper = papers.filter(meeting__held_on=told_on, plans__code=PLAN).first()
    meeting = Meeting.objects.filter(body__code=BODY, held_on=recalled_on).first()
    if paper is None or meeting is None:
        return
    ledger = paper.figures.counted().filter(scope={"plans": [PLAN]}, dimension={})
    by_key = dict(ledger.values_list("key", "pk"))
    values = {by_key[key]: number for key, number in zip(STATUSES, numbers, strict=True)}
    record(paper, meeting, minute_reference="", words=words, values=values)
