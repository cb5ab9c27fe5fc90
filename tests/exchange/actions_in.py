"""Bringing actions in by file: a plan of an audit, rows for it, and what then stands."""

from datetime import date

from actions.models import Action
from tests.exchange.uploads import brought, csv_file
from tests.factories import PlanFactory, PostFactory, RecommendationFactory, ScopeAreaFactory

OPENED = date(2016, 1, 18)
WHOLE = ["No", "Agreed action", "Action plan", "Responsible officer", "Opened on", "Target date", "Rec no"]
PROGRESS = ["Status", "Status date", "Progress update"]
MOVED = [
    "Reference",
    "Due",
    "Why the date moved",
    "Date agreed by",
    "Date agreed in",
    "Minute",
    "Date agreed on",
]
OWN = {"No": "reference"}


def a_plan():
    """A plan that answers an audit of two recommendations and one scope area."""
    plan = PlanFactory(code="ico-2016", opened_on=OPENED)
    for number in ("A01", "A02", "B07"):
        RecommendationFactory(audit=plan.audit, reference=number)
    ScopeAreaFactory(audit=plan.audit, code="dpg", title="Data protection governance")
    return plan


def bring(rows, by, headings=None, **options):
    """A batch of the council's own spreadsheet."""
    return brought(
        csv_file([headings or WHOLE, *rows]),
        by,
        register="actions",
        name="plan.csv",
        source="The ICO",
        **options,
    )


def new_row(
    owner, number="", title="Appoint a records manager", opened="18/01/2016", due="30/06/2016", rec="A01"
):
    """A row under WHOLE, of the plan of `a_plan`."""
    return [number, title, "ico-2016", owner.code, opened, due, rec]


def owner_post():
    """A post that owns actions."""
    return PostFactory(title="Head of Information")


def faults(batch):
    """What is wrong: row, heading and sentence."""
    return [
        (row.number, heading, said)
        for row in batch.rows.order_by("number")
        for heading, _, said in row.faults
    ]


def the_action(title="Appoint a records manager"):
    """The action of that title."""
    return Action.objects.get(title=title)


def updates(action):
    """What was reported, in order: status, day and evidence."""
    return list(action.updates.order_by("pk").values_list("status", "effective_on", "evidence"))
