"""Actions on their way out: what stands for each at a moment, under the headings by which it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from actions.models import (
    ActionPrinciple,
    ActionRecommendation,
    ActionWorkstream,
    Completion,
    DateRevision,
    ProgressUpdate,
    Recommendation,
    RecommendationPriority,
    SourceReference,
    Status,
)
from actions.representations.audits import priority_words
from actions.representations.files import cells
from governance.people.registers.columns import Named, SheetColumn
from governance.people.registers.derived import Derived

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User

BETWEEN = "; "


def told(rows: QuerySet[Any], moment: Moment, person: User) -> QuerySet[Any]:
    """Rows with what their columns read. Of recommendations, those that the person may open."""
    seen = Recommendation.objects.visible_to(person).filter(pk=OuterRef("recommendation_id"))
    found: QuerySet[Any] = rows.annotate(
        **reported(moment),
        **dated(moment),
        file_recommendations=all_of(Subquery(seen.values("reference")), further(person)),
        file_priority=Subquery(seen.values("priority")),
        file_named=joined(SourceReference.objects.all(), "reference"),
        file_workstream=one(ActionWorkstream.objects.all(), "workstream__name"),
        file_principles=joined(ActionPrinciple.objects.all(), "principle__name"),
    )
    return found


def reported(moment: Moment) -> dict[str, Any]:
    """The update that stands, the day on which the action was opened, and what others said of its claim."""
    updates: Any = ProgressUpdate.objects
    stands, opened = updates.standing(moment), updates.live(moment).order_by("place")
    fields = {"status": "status", "since": "effective_on", "evidence": "evidence"}
    found = {f"file_{name}": one(stands, field) for name, field in fields.items()}
    for kind in (Completion.Kind.APPROVED, Completion.Kind.VERIFIED):
        which = Completion.objects.which(kind, moment).order_by("-effective_on", "-place")
        found[f"file_{kind}"] = one(which, "effective_on")
    return found | {"file_opened": one(opened, "effective_on")}


def dated(moment: Moment) -> dict[str, Any]:
    """The first due date and the one that stands."""
    revised: Any = DateRevision.objects
    first = revised.live(moment).order_by("effective_on", "place")
    return {
        "file_first_due": Coalesce(F("original_due_on"), one(first, "due_on")),
        "file_due": Coalesce(one(revised.standing(moment), "due_on"), F("original_due_on")),
    }


def one(rows: QuerySet[Any], field: str) -> Subquery:
    """What the first of these rows says of an action."""
    return Subquery(rows.filter(action=OuterRef("id")).values(field)[:1])


def joined(rows: QuerySet[Any], field: str) -> Subquery:
    """What all of these rows say of an action, with semicolons between."""
    mine = rows.filter(action=OuterRef("id")).order_by().values("action")
    return Subquery(mine.annotate(told=StringAgg(field, BETWEEN, order_by=field)).values("told"))


def further(person: User) -> Subquery:
    """The recommendations that an action answers beside the one for which it was agreed."""
    return joined(ActionRecommendation.objects.with_recommendations_of(person), "recommendation__reference")


def all_of(*parts: Any) -> Func:
    """What there is of these, with semicolons between."""
    return Func(Value(BETWEEN), *parts, function="concat_ws", output_field=TextField())


def out(column: SheetColumn, name: str, **more: Any) -> Derived:
    """A column that comes back as a cell of a fact."""
    return Derived(name=f"file_{name}", heading=column.heading, path=f"file_{name}", **more)


def blank(column: SheetColumn) -> Derived:
    """A cell to be filled where a date moves or something is reported: it leaves empty."""
    path = f"blank_{column.name}"
    return Derived(
        name=path, heading=column.heading, path=path, reckon=lambda: Value("", output_field=TextField())
    )


DERIVED = (
    out(cells.THEIRS, "named"),
    out(cells.RECOMMENDATIONS, "recommendations"),
    out(
        cells.PRIORITY,
        "priority",
        named=lambda: Named(priority_words(RecommendationPriority.objects.all())),
    ),
    Derived(name="file_area", heading=cells.AREA.heading, path="scope_area__title"),
    Derived(name="file_milestone", heading=cells.MILESTONE.heading, path="milestone__title"),
    out(cells.WORKSTREAM, "workstream"),
    out(cells.PRINCIPLES, "principles"),
    out(cells.OPENED, "opened", kind="date"),
    out(cells.FIRST_DUE, "first_due", kind="date"),
    out(cells.DUE, "due", kind="date"),
    *map(blank, (cells.DUE_REASON, cells.AGREED_BY, cells.AGREED_IN, cells.MINUTE, cells.AGREED_ON)),
    out(cells.STATUS, "status", named=lambda: Named(dict(Status.choices))),
    out(cells.SINCE, "since", kind="date"),
    out(cells.EVIDENCE, "evidence"),
    *map(blank, (cells.DOCUMENT, cells.WAIVER)),
    Derived(name="file_approved", heading="Approved on", path="file_approved", kind="date"),
    Derived(name="file_verified", heading="Verified on", path="file_verified", kind="date"),
)
