"""What cells may not say together. Each check gives (column, sentence) for what is wrong with a row."""

from __future__ import annotations

from collections.abc import Iterator

from governance.core.dates import long_date, today
from governance.demo.shape import Files, Row

Found = Iterator[tuple[str, str]]


def ends_after_it_begins(row: Row, files: Files) -> Found:
    """A last day before the first."""
    if row["until"] and row["until"] < row["from"]:
        yield "until", f"This ends before it begins on {long_date(row['from'])}."


def audit_ends_after_it_begins(row: Row, files: Files) -> Found:
    """An audit's last day before its first."""
    if row["audited_from"] and row["audited_to"] and row["audited_to"] < row["audited_from"]:
        yield "audited_to", f"The audit ends before it begins on {long_date(row['audited_from'])}."


def parents_make_no_circle(row: Row, files: Files) -> Found:
    """A unit that is above itself."""
    way, above = [row["code"]], row["parent"]
    while above and above not in way:
        way.append(above)
        unit = files.find("units.csv", code=above)
        above = unit.cells.get("parent") if unit else None
    if above == row["code"]:
        yield "parent", f"The unit would be above itself: {' under '.join([*way, above])}."


def opened_by_today(row: Row, files: Files) -> Found:
    """A plan or an action of the future."""
    if row["opened_on"] > today():
        yield "opened_on", f"{long_date(row['opened_on'])} is in the future."


def opened_on_its_plan(row: Row, files: Files) -> Found:
    """An action older than its plan."""
    plan = files.find("plans.csv", code=row["plan"])
    if plan and plan.cells.get("opened_on") and row["opened_on"] < plan["opened_on"]:
        yield "opened_on", f"This is before the plan was opened on {long_date(plan['opened_on'])}."


def belongs_to_the_audit_of_its_plan(row: Row, files: Files) -> Found:
    """A recommendation or a scope area that the plan's audit does not have."""
    plan = files.find("plans.csv", code=row["plan"])
    audit = plan.cells.get("audit") if plan else None
    recommendation, area = row["recommendation"], row["scope_area"]
    if recommendation and not files.find("recommendations.csv", audit=audit, reference=recommendation):
        yield "recommendation", f"The audit of the plan has no “{recommendation}” in recommendations.csv."
    if area and not files.find("scope_areas.csv", audit=audit, code=area):
        yield "scope_area", f"The audit of the plan has no “{area}” in scope_areas.csv."


def known_when_it_could_be(row: Row, files: Files) -> Found:
    """Facts known before they were so, or in the future, or without anything that shows it."""
    action = files.find("actions.csv", reference=row["action"])
    if action and action.cells.get("opened_on") and row["effective_on"] < action["opened_on"]:
        yield "effective_on", f"The action was opened only on {long_date(action['opened_on'])}."
    if row["known_on"] < row["effective_on"]:
        yield "known_on", f"This was known before it took effect on {long_date(row['effective_on'])}."
    if row["known_on"] > today():
        yield "known_on", f"{long_date(row['known_on'])} is in the future."
    if row["known_on"] < today() and not row["source_document"]:
        yield "source_document", "Name the paper that shows what was known on that day."


def corrects_what_can_be_corrected(row: Row, files: Files) -> Found:
    """Corrections of another action, of a later row, of a row already corrected, or without a reason."""
    if not row["corrects"]:
        if row["void"]:
            yield "void", "Say in “corrects” which row never happened."
        return
    if not row["reason"]:
        yield "reason", "Say why the row is corrected."
    first = files.find("updates.csv", corrects=row["corrects"])
    if first and first is not row:
        yield "corrects", f"“{row['corrects']}” is corrected by row {first.number} already; correct that row."
    wrong = files.find("updates.csv", id=row["corrects"])
    if wrong and {"action", "known_on"} <= wrong.cells.keys():
        if wrong["action"] != row["action"]:
            yield "corrects", f"“{row['corrects']}” is of another action, {wrong['action']}."
        if (wrong["known_on"], wrong.number) >= (row["known_on"], row.number):
            yield (
                "corrects",
                f"“{row['corrects']}” was not known yet; a correction comes after what it corrects.",
            )


def needs_one_thing(row: Row, files: Files) -> Found:
    """A dependency on nothing, on two things, or on itself."""
    if bool(row["needs_action"]) == bool(row["needs_post"]):
        yield "needs_action", "Fill in either “needs_action” or “needs_post”."
    if row["needs_action"] == row["action"]:
        yield "needs_action", "The action would wait on itself."


def frozen_then_published_then_met(row: Row, files: Files) -> Found:
    """The three dates of a paper out of order, or figures of a day that is not over."""
    if row["frozen_on"] >= today():
        yield "frozen_on", "The figures can be frozen as at a day that is over."
    if row["published_on"] < row["frozen_on"]:
        yield "published_on", f"This is before the figures were frozen on {long_date(row['frozen_on'])}."
    if row["meeting_on"] < row["published_on"]:
        yield "meeting_on", f"This is before the paper was published on {long_date(row['published_on'])}."


def follows_a_report_to_another_body(row: Row, files: Files) -> Found:
    """The same report again to the same body, or before the report that it is the same as."""
    first = files.find("papers.csv", code=row["follows"]) if row["follows"] else None
    if first is None:
        return
    if first.number >= row.number:
        yield "follows", "The report to the first body stands in a row further up."
    if first.cells.get("meeting_body") == row["meeting_body"]:
        yield "follows", "This is a report to the same body."
    if first.cells.get("frozen_on") and first["frozen_on"] > row["frozen_on"]:
        yield "follows", "The figures of the first report are of a later day."


def cleared_before_it_is_frozen(row: Row, files: Files) -> Found:
    """A paper that came back before it was sent, or was sent after its figures were frozen."""
    if row["returned_on"] < row["sent_on"]:
        yield "returned_on", f"This is before it was sent on {long_date(row['sent_on'])}."
    paper = files.find("papers.csv", code=row["paper"])
    if paper and paper.cells.get("frozen_on") and paper["frozen_on"] < row["sent_on"]:
        yield "sent_on", f"This is after the figures were frozen on {long_date(paper['frozen_on'])}."


def past_paper_can_be_read(row: Row, files: Files) -> Found:
    """A paper of the future, figures later than the meeting, or a file that is not in the folder."""
    if row["meeting_on"] > today():
        yield "meeting_on", f"{long_date(row['meeting_on'])} is in the future."
    if row["as_at"] > row["meeting_on"]:
        yield "as_at", f"This is after the meeting of {long_date(row['meeting_on'])}."
    if not (files.folder / row["file"]).is_file():
        yield "file", f"There is no file “{row['file']}” in {files.folder}."
