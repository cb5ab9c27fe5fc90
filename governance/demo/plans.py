"""Audits, plans and their actions; and their progress, told again in the order in which it became known."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from actions.models import (
    ActionPlan,
    Audit,
    Dependency,
    OrderCycleError,
    Recommendation,
    ScopeArea,
    Status,
    WaiverNeededError,
)
from governance.core.dates import LONDON, long_date, today
from governance.demo.brought import KEEPERS, Brought
from governance.demo.shape import Row
from governance.history.trail import signed

# Within a day, actions are opened in the morning and progress on them becomes known from noon on.
MORNING, NOON = time(9), time(12)


def bring_in_plans(brought: Brought) -> None:
    """Audits with their recommendations, plans, actions and what these wait on; progress comes after."""
    brought.each("audits.csv", _audit)
    brought.each("scope_areas.csv", _area)
    brought.each("recommendations.csv", _recommendation)
    brought.each("plans.csv", _plan)
    brought.each("actions.csv", _action)
    brought.each("dependencies.csv", _dependency)


def known_at(day: date, hour: time, place: int) -> datetime | None:
    """An instant of that day in London, later for a later place in the file.

    None for today, whose instant is the database's own.
    """
    if day >= today():
        return None
    return datetime.combine(day, hour, tzinfo=LONDON) + timedelta(microseconds=place)


def known_since(brought: Brought, row: Row, document: str) -> dict[str, Any]:
    """That what a row says was known in the morning of its first day, by a document.

    In a council that is at work it becomes known now, so that nothing that was issued changes.
    """
    known = None if brought.files.standing else known_at(row["from"], MORNING, row.number)
    return {"known_at": known, "source_document": document[:200]} if known else {}


def report(brought: Brought, row: Row) -> None:
    """Append the progress update of one row, as the person who recorded it.

    Work done out of order without a reason is noted as a problem, and brought in all the same so that all
    problems are found: whoever loads the files then lets go of everything.
    """
    with brought.of(row), signed(brought.people[row["recorded_by"]], reason=row["source_document"]):
        try:
            _append(brought, row)
        except WaiverNeededError as wrong:
            brought.files.problems.append(row.problem("waiver", str(wrong)))
            _append(brought, row, waiver=str(wrong))


def _append(brought: Brought, row: Row, **facts: Any) -> None:
    action, by = brought.actions[row["action"]], brought.people[row["recorded_by"]]
    facts = {name: row[name] for name in ("effective_on", "evidence", "waiver", "source_document")} | facts
    facts["known_at"] = known_at(row["known_on"], NOON, row.number)
    status = Status(row["status"])
    if row["corrects"]:
        wrong = brought.updates[row["corrects"]]
        facts |= {"reason": row["reason"], "void": row["void"]}
        brought.updates[row["id"]] = action.correct(wrong, by=by, status=status, **facts)
    else:
        brought.updates[row["id"]] = action.report(status, by=by, **facts)


def _audit(brought: Brought, row: Row) -> None:
    brought.audits[row["code"]] = Audit.objects.create(**row.cells)


def _area(brought: Brought, row: Row) -> None:
    audit = brought.audits[row["audit"]]
    brought.areas[row["audit"], row["code"]] = ScopeArea.objects.create(**{**row.cells, "audit": audit})


def _recommendation(brought: Brought, row: Row) -> None:
    area = brought.areas.get(row.key(("audit", "scope_area")))
    ties = {"audit": brought.audits[row["audit"]], "scope_area": area}
    made = Recommendation.objects.create(**{**row.cells, **ties})
    brought.recommendations[row["audit"], row["reference"]] = made


def _plan(brought: Brought, row: Row) -> None:
    audit = brought.audits[row["audit"]] if row["audit"] else None
    brought.plans[row["code"]] = ActionPlan.objects.create(**{**row.cells, "audit": audit})


def _action(brought: Brought, row: Row) -> None:
    """Open the action; the file names no paper for that, so the plan itself is the source.

    In a council that is at work it becomes known now, so that nothing that was issued changes.
    """
    plan = brought.plans[row["plan"]]
    audit = plan.audit.code if plan.audit else ""
    brought.actions[row["reference"]] = plan.open_action(
        by=brought.holder(*KEEPERS),
        opened_on=row["opened_on"],
        known_at=None if brought.files.standing else known_at(row["opened_on"], MORNING, row.number),
        source_document=f"{plan.title[:150]}, {long_date(row['opened_on'])}",
        reference=row["reference"],
        title=row["title"],
        owner=brought.posts[row["owner_post"]],
        due_on=row["due_on"],
        recommendation=brought.recommendations.get((audit, row["recommendation"])),
        scope_area=brought.areas.get((audit, row["scope_area"])),
    )


def _dependency(brought: Brought, row: Row) -> None:
    """A circle is noted as a problem and left out."""
    try:
        Dependency.objects.create(
            action=brought.actions[row["action"]],
            needs_action=brought.actions[row["needs_action"]] if row["needs_action"] else None,
            needs_post=brought.posts[row["needs_post"]] if row["needs_post"] else None,
            holds_up=row["holds_up"],
            from_on=row["from"],
            until_on=row["until"],
            note=row["note"],
            **known_since(brought, row, brought.actions[row["action"]].plan.title),
        )
    except OrderCycleError as wrong:
        brought.files.problems.append(row.problem("needs_action", str(wrong)))
