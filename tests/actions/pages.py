"""What the tests of these pages share: a small plan with a story, addresses, and what a form posts."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from actions.models import Dependency, Recommendation, ScopeArea, Status
from governance.core.dates import LONDON
from tests.factories import ActionFactory, AuditFactory, PlanFactory, PostFactory, UserFactory

OPENED, SOURCE = date(2016, 1, 18), "Action plan workbook"
HOSTILE = "<script>alert(1)</script>{{7777*7777}}'\"&<b>"


def known(day):
    """An instant at which the council knew, for history brought in: noon, or now where noon is to come."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)
    return {"known_at": min(noon, timezone.now()), "source_document": SOURCE}


def a_plan(**facts):
    """A plan that answers an audit."""
    audit = AuditFactory(
        auditor="The regulator",
        title="Audit of 2015",
        opinion="very limited assurance",
        audited_from=date(2015, 10, 13),
        audited_to=date(2015, 10, 15),
    )
    return PlanFactory(audit=audit, opened_on=OPENED, **facts)


def an_action(plan=None, **facts):
    """An action opened in January 2016 and known then."""
    return ActionFactory(plan=plan or a_plan(), **{"opened_on": OPENED, **known(OPENED), **facts})


def told(action, status, day, **facts):
    """A report that was known on the day it took effect."""
    by = facts.pop("by", None) or UserFactory()
    if status == Status.WITHDRAWN:
        facts.setdefault("why", "Nobody needs it any more")
    return action.report(status, effective_on=day, by=by, **{**known(day), **facts})


def area(plan, title, position=1):
    """A scope area of the plan's audit."""
    return ScopeArea.objects.create(
        audit=plan.audit, code=title.lower().replace(" ", "-"), title=title, position=position
    )


def recommendation(plan, text, **facts):
    """A recommendation of the plan's audit."""
    return Recommendation.objects.create(audit=plan.audit, reference="A01", text=text, **facts)


def wait(action, step, **needs):
    """The action waits on something from the day it was opened, and that was known then."""
    return Dependency.objects.create(
        action=action, holds_up=step, **{"from_on": OPENED, **known(OPENED), **needs}
    )


def vacant_post(title="Records Manager"):
    """A post that nobody has held."""
    return PostFactory(title=title)


def plan_page(plan, asked=""):
    """The address of a plan's page."""
    return f"{reverse('actions:plan', args=[plan.code])}{asked and '?'}{asked}"


def action_page(action, asked=""):
    """The address of an action's page."""
    return f"{reverse('actions:action', args=[action.reference])}{asked and '?'}{asked}"


def report_page(action):
    """Where progress is reported."""
    return reverse("actions:report", args=[action.reference])


def correct_page(update):
    """Where an update is corrected."""
    return reverse("actions:correct", args=[update.action.reference, update.pk])


def typed(action, status=Status.IN_PROGRESS, day=date(2016, 3, 1), evidence="Draft sent", **more):
    """What the form posts, seen as the action stands now."""
    return {"seen": action.latest().pk, "status": status, "evidence": evidence} | days(day) | more


def days(day):
    """A date in three fields."""
    return {"effective_on_day": day.day, "effective_on_month": day.month, "effective_on_year": day.year}


def text(response):
    """The words of the page."""
    return response.content.decode()
