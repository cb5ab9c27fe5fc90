"""The actions of a plan by what is recorded of them: priority, scope area, owner, unit or milestone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from actions.models import Action, ActionPlan, RecommendationPriority, ScopeArea, Status
from actions.representations.plan import told
from actions.representations.sight import Line
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope

Names = Mapping[str, str]


def _priorities(plan: ActionPlan) -> Names:
    return dict(RecommendationPriority.objects.values_list("code", "name"))


def _areas(plan: ActionPlan) -> Names:
    found = ScopeArea.objects.filter(actions__plan=plan).values_list("pk", "title")
    return {str(key): title for key, title in found.distinct()}


def _owners(plan: ActionPlan) -> Names:
    found = Action.objects.filter(plan=plan).order_by("owner__title", "owner__code")
    return dict(found.values_list("owner__code", "owner__title").distinct())


def _units(plan: ActionPlan) -> Names:
    found = Action.objects.filter(plan=plan).order_by("owner__unit__name", "owner__unit__code")
    return dict(found.values_list("owner__unit__code", "owner__unit__name").distinct())


def _milestones(plan: ActionPlan) -> Names:
    return {title: title for title in plan.milestones.order_by("due_on").values_list("title", flat=True)}


@dataclass(frozen=True)
class Breakdown:
    """A way to break a plan down: the dimension of its figures, its words, and the names of its values."""

    dimension: str
    words: str
    none: str
    names: Callable[[ActionPlan], Names]

    def lines(self, plan: ActionPlan, moment: Moment) -> list[Line]:
        """A figure for each status and for all, by each value that occurs, in the order of the names."""
        scope = Scope(plans=(plan.code,))
        counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for (value, status), rows in (
            get_figure("actions.total").by(moment, scope, self.dimension, "status").items()
        ):
            counted[str(value or "")][status] += rows
        names, without = self.names(plan), counted.pop("", None)
        order = [
            *(each for each in names if each in counted),
            *(each for each in counted if each not in names),
        ]
        found = [self._line(names.get(each, each), counted[each], moment, scope, each) for each in order]
        return [*found, self._without(without, moment, scope)] if without else found

    def _line(self, name: str, counts: Mapping[str, int], moment: Moment, scope: Scope, value: str) -> Line:
        within = {self.dimension: value}
        if self.dimension == "scope_area_id":
            within["scope_area"] = name  # what the page of the figure shows of it
        cells = [told(s.value, counts.get(s, 0), s.label, moment, scope, **within) for s in Status]
        return Line(name, cells, told("total", sum(counts.values()), "actions", moment, scope, **within))

    def _without(self, counts: Mapping[str, int], moment: Moment, scope: Scope) -> Line:
        """Where nothing is recorded there is nothing to open the figures by, so they are not links."""
        line = self._line(self.none, counts, moment, scope, "")
        return Line(
            line.name, [replace(each, href="") for each in line.statuses], replace(line.total, href="")
        )


BREAKDOWNS: Mapping[str, Breakdown] = {
    "priority": Breakdown("priority", "Priority", "No priority", _priorities),
    "area": Breakdown("scope_area_id", "Scope area", "No scope area", _areas),
    "owner": Breakdown("owner", "Owner", "No owner", _owners),
    "unit": Breakdown("unit", "Unit", "No unit", _units),
    "milestone": Breakdown("milestone", "Milestone", "No milestone", _milestones),
}
