"""The command line: the same figures, and one sentence for what makes no sense."""

import json
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from actions.models import Status
from governance.core.dates import today
from tests.factories import ActionFactory, PlanFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = PlanFactory(code="ico-2015", title="ICO audit action plan", opened_on=date(2015, 11, 16))
    for status in (Status.COMPLETED, Status.COMPLETED, Status.IN_PROGRESS):
        action = ActionFactory(plan=plan, opened_on=plan.opened_on)
        action.append(status, effective_on=date(2016, 5, 5), by=UserFactory())
    return plan


def said(capsys, *words):
    call_command(*words)
    return capsys.readouterr().out


def test_progress_prints_the_counts_as_json(plan, capsys):
    assert json.loads(said(capsys, "progress", "ico-2015", "--as-at", "2016-05-05", "--format", "json")) == {
        "plan": "ico-2015",
        "as_at": "2016-05-05",
        "known_at": today().isoformat(),
        "total": 3,
        "not_started": 0,
        "in_progress": 1,
        "awaiting_approval": 0,
        "completed": 2,
        "withdrawn": 0,
    }


def test_progress_prints_a_table_for_people(plan, capsys):
    table = said(capsys, "progress", "ico-2015")
    assert "ICO audit action plan (ico-2015), as at" in table
    assert "Completed               2" in table
    assert "Total                   3" in table


def test_a_figure_prints_its_value_and_the_rows_that_make_it(plan, capsys):
    printed = json.loads(
        said(capsys, "figure", "actions.completed", "--plan", "ico-2015", "--format", "json")
    )
    assert printed["value"] == 2 == len(printed["rows"])
    standing = {action.reference: action.standing().pk for action in plan.actions.filter(status="completed")}
    assert {row["reference"]: row["evidence"]["id"] for row in printed["rows"]} == standing
    assert printed["rows"][0]["evidence"]["kind"] == "actions.progressupdate"
    assert "latest progress update" in printed["definition"]


def test_a_figure_prints_a_table_for_people(plan, capsys):
    printed = said(capsys, "figure", "actions.completed")
    assert "Actions completed, as at" in printed
    done = plan.actions.filter(status="completed").first()
    assert f"{done.reference}  {done.title}  Completed  5 May 2016" in printed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["progress", "ico-2051"], "There is no plan “ico-2051”. There are: ico-2015."),
        (["progress", "ico-2015", "--as-at", "2015-11-15"], "was opened on 16 November 2015"),
        (
            ["progress", "ico-2015", "--known-at", "2010-01-01"],
            "Nothing was known of the plan ico-2015 as at",
        ),
        (["progress", "ico-2015", "--as-at", "24 October"], "“24 October” is not a date. Write it like"),
        (["progress", "ico-2015", "--as-at", "2999-01-01"], "is in the future"),
        (["progress", "ico-2015", "--known-at", "2999-01-01"], "is in the future"),
        (["progress", "ico-2015", "--as-at", "0001-01-01"], "before there were councils"),
        (
            ["figure", "actions.hoped"],
            "There is no figure “actions.hoped”. There are: actions.approved",
        ),
        (["figure", "actions.total", "--unit", "nowhere"], "There is no unit “nowhere”"),
    ],
)
def test_what_makes_no_sense_ends_with_one_sentence(plan, words, sentence):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command(*words)
