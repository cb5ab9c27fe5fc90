"""The figures of audits: what was recommended, how it was answered, and words that are quoted otherwise."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from actions.models import Action, ActionPlan, ActionRecommendation, Quotation, Recommendation, Status
from assets.figures.register import ONE_CLOCK
from governance.figures.figure import Column, Figure, Shape, figure
from governance.figures.moment import Moment, Scope

RECOMMENDATIONS = Shape(
    subject="id",
    reference="handle",
    evidence_kind="actions.historicalrecommendation",
    evidence="history_id",
    page="actions:recommendation",
    permission="actions.list_audits",
    noun="recommendation",
    columns=(
        Column("Recommendation", "text"),
        Column("Scope area", "scope_area__title"),
        Column("Priority", "priority"),
        Column("Answer", "response", "status"),
    ),
    dimensions={"audit": "audit__code", "priority": "priority", "response": "response"},
)
QUOTATIONS = Shape(
    subject="id",
    reference="held__audit__code",
    evidence_kind="actions.historicalquotation",
    evidence="history_id",
    page="actions:audit",
    permission="actions.list_audits",
    noun="quotation",
    columns=(
        Column("Quoted as", "words"),
        Column("Quoted in", "document"),
        Column("Held words", "held__text"),
    ),
    dimensions={"audit": "held__audit__code"},
)
RECORDED = "Recommendations of audits on record at the end of the date"


@figure(
    "audits.recommendations",
    title="Recommendations",
    definition=f"{RECORDED}, whatever was answered. {ONE_CLOCK}",
    shape=RECOMMENDATIONS,
)
def total(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One version for each recommendation; by units, those that an action of such a unit answers."""
    return within(Recommendation.history.as_at(moment.as_at).handled(), scope)


def within(found: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    """Of versions of recommendations those of audits that the plans answer, and of actions of the units."""
    if scope.plans:
        plans = ActionPlan.objects.filter(code__in=scope.plans)
        found = found.filter(audit__in=plans.values("audit"))
    if scope.units:
        found = found.filter(answered(owner__unit__code__in=scope.units))
    return found


def answered(key: str = "id", **of: Any) -> Q:
    """Recommendations that an action answers, as it is recorded now, among actions of which that is true.
    `key` is the column that names the recommendation."""
    actions = Action.objects.filter(**of)
    further = ActionRecommendation.objects.filter(action__in=actions, recommendation=OuterRef(key))
    return Q(Exists(actions.filter(recommendation=OuterRef(key)))) | Q(Exists(further))


ANSWERS = {
    "accepted": ("accepted", "Accepted"),
    "partially": ("partially_accepted", "Partially accepted"),
    "rejected": ("rejected", "Rejected"),
    "": ("unanswered", "Not answered yet"),
}


def by_response(whole: Figure[Any], column: str, words: str, **said: str) -> dict[str, Figure[Any]]:
    """A figure for each answer: the rows of `whole` whose `column` has it. `words` define them, with what is
    `said` of each in its place."""
    return {
        answer: _answered_with(whole, column, answer, words.format(said[key]))
        for answer, (key, _) in ANSWERS.items()
    }


def _answered_with(whole: Figure[Any], column: str, answer: str, definition: str) -> Figure[Any]:
    room, (key, title) = whole.key.partition(".")[0], ANSWERS[answer]

    @figure(f"{room}.{key}", title=title, definition=definition, shape=whole.shape)
    def rows(moment: Moment, scope: Scope) -> QuerySet[Any]:
        return whole.rows(moment, scope).filter(**{column: answer})

    return rows


BY_RESPONSE = by_response(
    total,
    "response",
    f"{RECORDED} {{}}. {ONE_CLOCK}",
    accepted="that the council accepted",
    partially_accepted="that the council accepted in part",
    rejected="that the council rejected",
    unanswered="to which no answer is recorded",
)


@figure(
    "audits.without_action",
    title="No action answers them",
    definition=f"{RECORDED} that the council has not rejected, and that no action answers which is not "
    f"withdrawn. Which actions there are is taken as it is recorded now. {ONE_CLOCK}",
    shape=RECOMMENDATIONS,
)
def without_action(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Nobody has been asked to do anything about them."""
    open_ones = total.rows(moment, scope).exclude(response="rejected")
    return open_ones.exclude(answered(status__in=[s for s in Status if s != Status.WITHDRAWN]))


@figure(
    "audits.altered_quotations",
    title="Altered quotations",
    definition="Quotations on record at the end of the date whose words stand nowhere in the auditor's text "
    "that they quote, as that text is held now. Quotation marks of another shape and broken lines do not "
    f"count. {ONE_CLOCK}",
    shape=QUOTATIONS,
)
def altered_quotations(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Somebody has the auditor say what was not said."""
    found: QuerySet[Any] = Quotation.history.as_at(moment.as_at).compared().filter(is_altered=True)
    plans = ActionPlan.objects.filter(code__in=scope.plans)
    return found.filter(held__audit__in=plans.values("audit")) if scope.plans else found


def counts_by_audit(moment: Moment, scope: Scope) -> dict[str, dict[str, int]]:
    """Every figure above by audit: its code, then the figure's key; in three queries (a test compares)."""
    found: dict[str, dict[str, int]] = {}
    for (audit, response), rows in total.by(moment, scope, "audit", "response").items():
        counted = found.setdefault(audit, {total.key: 0})
        counted[total.key] += rows
        counted[BY_RESPONSE[response].key] = rows
    for audit, rows in without_action.by(moment, scope, "audit").items():
        found[audit][without_action.key] = rows
    for audit, rows in altered_quotations.by(moment, scope, "audit").items():
        found.setdefault(audit, {total.key: 0})[altered_quotations.key] = rows
    return found
