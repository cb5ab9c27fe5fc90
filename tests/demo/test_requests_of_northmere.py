"""Result 7 of the golden case: what the committee asked for, on the command line and on its page."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from actions.models import ActionPlan
from actions.representations.assured import assured
from governance.figures.moment import Moment
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.committees.pages import plainly, read

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]

APRIL = "2017-04-13"
SEPTEMBER = ("2016-07-25", "2016-09-26")
FEBRUARY = ("2016-10-24", "2017-02-20", "2017-02-20", "answered on time", 0)


def rows(as_at):
    out = StringIO()
    call_command("requests", "--format", "json", "--body", "audit-procurement", "--as-at", as_at, stdout=out)
    return json.loads(out.getvalue())


def told(row):
    return tuple(row[name] for name in ("asked_on", "due_on", "answered_on", "state", "days_late"))


def test_one_request_was_answered_28_days_late_one_on_time_and_one_matter_is_open_in_april_2017():
    found = rows(APRIL)
    assert {told(row) for row in found if row["due_on"]} == {
        (*SEPTEMBER, "2016-10-24", "answered late", 28),
        FEBRUARY,
    }
    waiting = [row for row in found if not row["due_on"]]
    assert [row["asked_on"] for row in waiting] == ["2016-07-25", "2016-10-24"]
    assert {(row["state"], row["matter"]) for row in waiting} == {("open", "Outcome of the follow-up audit")}


@pytest.mark.parametrize(
    ("as_at", "answered", "state", "late"),
    [
        ("2016-09-26", None, "open", 0),
        ("2016-10-23", None, "overdue", 27),
        ("2016-10-24", "2016-10-24", "answered late", 28),
    ],
)
def test_the_request_for_september_as_it_stood_on_the_way(as_at, answered, state, late):
    assert (*SEPTEMBER, answered, state, late) in {told(row) for row in rows(as_at)}


def test_the_page_says_the_same_as_the_command_and_both_assurances_were_missed():
    auditor = signed_in(play("reads_requests", Role.INTERNAL_AUDITOR))
    page = plainly(read(auditor, f"{reverse('committees:requests')}?as_at={APRIL}"))
    assert page.count("Answered late by 28 days") == 1
    assert page.count("Answered on time") == 1
    assert page.count("This matter is open.") == 1
    outstanding = plainly(
        read(auditor, f"{reverse('committees:outstanding', args=['audit-procurement'])}?as_at={APRIL}")
    )
    assert "Outcome of the follow-up audit" in outstanding
    assert "for September 2016" not in outstanding
    kept = assured(ActionPlan.objects.get(code="ico-2015"), Moment.of(date(2017, 4, 13)))
    assert [each.verdict for each in kept] == ["Missed", "Missed"]
