"""A progress paper of so many actions: from its issue to the last stored file, beside bare WeasyPrint.

The floor is WeasyPrint alone on the HTML of the same paper. Ours freezes figures, writes the ledger, seals
the trail and, as the worker does, makes and stores every file: PDF, page, Word, annex and the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from time import perf_counter
from typing import NamedTuple

from django.db import transaction

from actions.models import ActionPlan
from governance.committees import pdf, services, tasks
from governance.committees.beginning import lay_out
from governance.committees.models import Body, Meeting, Paper, PaperPlan, PaperSection, Rendering
from governance.core.dates import today
from governance.demo.bench_files import memory
from governance.demo.bulk import Size, make_register
from governance.demo.measuring import Measured, beside
from governance.history.trail import because
from governance.people.models import User

ROWS, TURNS = (77, 770), 2
LIMIT = 3.0  # times bare WeasyPrint
BEFORE = timedelta(days=60)  # the day of the paper before, so that there is a movement to tell
TEXT = "As reported by those who answer for the actions."


class Timed(NamedTuple):
    """What was measured: the whole beside its floor, milliseconds of its parts, peak memory so far in MiB."""

    whole: Measured
    parts: Mapping[str, float]
    peak: float

    def __str__(self) -> str:
        kept = "kept" if self.whole.times <= LIMIT else "NOT KEPT"
        parts = ", ".join(f"{name} {spent:.0f}" for name, spent in self.parts.items())
        return f"{self.whole}  limit {LIMIT:g}, {kept}\n  of it {parts}; peak memory in MiB: {self.peak:.0f}"


def measure(person: User, rows: int, turns: int = TURNS) -> Timed:
    """A paper of so many actions, issued and made anew in each turn. Nothing of it stays."""
    with transaction.atomic(), because("Measured"):
        plan = _plan(rows)
        _issued_before(plan, person)
        drafts = _drafts(plan, person)
        first = next(drafts)
        services.issue(first, by=person)
        html = pdf.document(Paper.objects.select_related("issue").get(pk=first.pk))
        waiting = [next(drafts) for _ in range(turns + 1)]
        runs: list[dict[str, float]] = []
        whole = beside(
            f"paper of {rows:,} actions",
            lambda: runs.append(_from_issue_to_files(waiting.pop(), person)),
            lambda: pdf.lay_out(html),
            turns,
        )
        transaction.set_rollback(True)
    return Timed(whole, min(runs[1:], key=lambda parts: sum(parts.values())), memory("VmHWM"))


def _from_issue_to_files(paper: Paper, person: User) -> dict[str, float]:
    """Issue it and make each file as the worker does; milliseconds of each. RuntimeError without a file."""
    spent, begun = {}, perf_counter()
    services.issue(paper, by=person)
    spent["issue"] = (perf_counter() - begun) * 1000
    for pk, kind in paper.renderings.order_by("pk").values_list("pk", "format"):
        begun = perf_counter()
        tasks.render_paper(rendering_id=pk)
        spent[kind] = (perf_counter() - begun) * 1000
    if left := paper.renderings.without_file().exclude(state=Rendering.State.DONE).first():
        raise RuntimeError(f"{left}: {left.error}")
    return spent


def _plan(rows: int) -> ActionPlan:
    make_register(Size(actions=rows))
    return ActionPlan.objects.latest("pk")


def _issued_before(plan: ActionPlan, person: User) -> None:
    """The paper from which a movement is told, to a body of its own: the drafts compare no other figures."""
    day = today() - BEFORE
    services.issue(_draft(plan, person, "bench-before", day), by=person, frozen_on=day)


def _drafts(plan: ActionPlan, person: User) -> Iterator[Paper]:
    """One after another, each to a body that was told nothing yet."""
    number = 0
    while True:
        number += 1
        yield _draft(plan, person, f"bench-{number}", today())


def _draft(plan: ActionPlan, person: User, code: str, held_on: date) -> Paper:
    """A progress report in the council's form, with something under every heading."""
    body = Body.objects.create(code=code, name=f"Measuring {code}", kind=Body.Kind.COMMITTEE)
    meeting = Meeting.objects.create(body=body, held_on=held_on)
    paper = Paper.objects.create(meeting=meeting, title="Progress, measured", created_by=person)
    PaperPlan.objects.create(paper=paper, plan=plan)
    lay_out(paper)
    PaperSection.objects.filter(paper=paper, text="").update(text=TEXT)
    PaperSection.objects.filter(paper=paper).update(clearance="")  # nobody clears what is only measured
    return paper
