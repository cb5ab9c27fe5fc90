"""Papers issued before the product: entered with the figures they printed and their file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from actions.models import ActionPlan
from governance.committees.lines import Line
from governance.committees.models import Meeting, Paper, PaperPlan, PublishedFigure, Rendering
from governance.committees.reckoning import ROOM, STATUSES
from governance.committees.services.ledger import figure_of
from governance.committees.services.refusals import IssueRefusedError
from governance.core.dates import end_of_day, long_date
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from governance.people.models import User


def enter_past_paper(
    meeting: Meeting,
    title: str,
    plans: Sequence[ActionPlan],
    as_at: date,
    figures: Mapping[str, int],
    file: bytes,
    filename: str,
    by: User,
) -> Paper:
    """Enter a paper that is older than the product: its figures as printed, without rows, and its file.

    `figures` are by key ("actions.completed" or "completed"). The total and what remains are worked out where
    they are not given. Raises UnknownFigureError for a key nobody knows, IssueRefusedError for what makes no
    sense. The first paper issued here then has a movement in numbers.
    """
    values = _past_values(figures)
    if as_at > meeting.held_on:
        raise IssueRefusedError(f"The figures are as at {long_date(as_at)}, which is after the meeting.")
    if not file:
        raise IssueRefusedError("The file of the paper is empty.")
    with transaction.atomic():
        paper = Paper.objects.create(
            meeting=meeting, title=title, as_at=as_at, origin=Paper.Origin.BEFORE, created_by=by
        )
        for position, plan in enumerate(plans, 1):
            PaperPlan.objects.create(paper=paper, plan=plan, position=position)
        _write_past_figures(paper, Scope(plans=tuple(plan.code for plan in plans)), values, as_at)
        Rendering.objects.create_done(paper, filename=filename, file=file)
        paper.state = Paper.State.ISSUED
        paper.save(update_fields=["state"])
    return paper


def _past_values(figures: Mapping[str, int]) -> dict[str, int]:
    values = {key.removeprefix(f"{ROOM}."): value for key, value in figures.items()}
    for key in values:
        get_figure(f"{ROOM}.{key}")
    if negative := [key for key, value in values.items() if value < 0]:
        raise IssueRefusedError(f"“{negative[0]}” cannot be less than nothing.")
    statuses = {name: values.get(name, 0) for name in STATUSES}
    open_ones = sum(value for name, value in statuses.items() if name not in ("completed", "withdrawn"))
    return {"total": sum(statuses.values()), **statuses, "remaining": open_ones} | values


def _write_past_figures(paper: Paper, scope: Scope, values: Mapping[str, int], as_at: date) -> None:
    moment = Moment(as_at, end_of_day(as_at))
    lines = [_past_line(name, value) for name, value in values.items()]
    PublishedFigure.objects.bulk_create(
        figure_of(paper, position, scope, line, moment) for position, line in enumerate(lines, 1)
    )


def _past_line(name: str, value: int) -> Line:
    figure = get_figure(f"{ROOM}.{name}")
    return Line(figure, figure.title, f"{figure.definition} Copied from the paper as printed.", value, None)
