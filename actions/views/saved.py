"""The views of a plan that a person saves: filters, order and day, for its table and its board."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from actions.models import ActionPlan
from actions.models.plan import views_of
from actions.views.plans import plan_or_404
from governance.core.access import get_and_post, require
from governance.people.registers.saved_pages import SavedViews


@dataclass(frozen=True)
class PlanViews(SavedViews):
    """What is said of the views of one plan: they are kept apart from those of others."""

    called: str = ""
    key: str = ""

    @property
    def register(self) -> str:
        """Under what its views are kept."""
        return self.key

    @property
    def title(self) -> str:
        """What the views are of."""
        return self.called

    @property
    def crumb(self) -> str:
        """The plan, as the way from home names it."""
        return self.called

    @property
    def listing(self) -> str:
        """The page of the plan, by its name."""
        return f"{self.room}:plan"

    @property
    def whole(self) -> str:
        """What the list is, in a sentence."""
        return "plan"

    @property
    def lists(self) -> str:
        """Who may list plans; that the plan itself opens is asked before."""
        return f"{self.room}.list_plans"


def kept_of(plan: ActionPlan) -> PlanViews:
    """The views of a plan."""
    at = (plan.code,)
    return PlanViews("actions", "action", "actions", at, called=plan.title, key=views_of(plan.pk))


@get_and_post
def views(request: HttpRequest, code: str) -> HttpResponse:
    """The views of a plan that this person may open; saving the one they came from."""
    return kept_of(_plan(request, code)).page(request)


@get_and_post
def remove_view(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take a saved view off, after asking."""
    return kept_of(_plan(request, code)).remove_page(request, number)


def _plan(request: HttpRequest, code: str) -> ActionPlan:
    found = plan_or_404(request, code)
    require(request, "actions.view_plan", found)
    return found
