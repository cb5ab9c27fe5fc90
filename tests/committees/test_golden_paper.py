"""The paper of 24 October 2016 says what Coventry's said (golden case, results 3, 5 and 8)."""

import re
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from actions.models import Status
from governance.committees.content import text_of
from governance.committees.models import Paper
from tests.cast import play, signed_in

pytestmark = [pytest.mark.usefixtures("northmere", "built_interface"), pytest.mark.django_db]

OCTOBER = date(2016, 10, 24)
MEMORY_MIB = 300


def paper_of(day):
    return Paper.objects.issued().select_related("issue").get(meeting__held_on=day)


def sentences(day, name):
    plan = next(plan for plan in paper_of(day).issue.content["plans"] if plan["code"] == "ico-2015")
    return text_of(plan["sentences"][name])


@pytest.mark.parametrize(
    ("day", "name", "said"),
    [
        (date(2016, 7, 25), "summary", "Of 77 actions, 8 have been completed"),
        (date(2016, 7, 25), "summary", "50 are in progress and 19 have not started"),
        (
            OCTOBER,
            "summary",
            "Since 25 July 2016 a further 38 actions have been completed; of the remaining "
            "31, 27 are in progress "
            "and 4 have not started. That makes 46 completed of 77 actions, as reported by management.",
        ),
        (
            OCTOBER,
            "waiting",
            "Each of the 4 actions not started waits for another action to be completed and for a vacant",
        ),
        (
            date(2017, 2, 20),
            "summary",
            "a further 29 actions have been completed; the 2 remaining actions are",
        ),
        (date(2017, 2, 20), "summary", "That makes 75 completed of 77 actions"),
    ],
)
def test_the_papers_say_what_the_golden_case_says(day, name, said):
    assert said in sentences(day, name)


@pytest.mark.parametrize(("movement", "number"), [("", 46), ("entered", 38)])
def test_each_figure_opens_to_exactly_that_many_actions_and_their_updates(movement, number):
    figures = paper_of(OCTOBER).figures.filter(
        key="actions.completed", scope={"plans": ["ico-2015"]}, dimension={}, inserted=False
    )
    entries = figures.get(movement=movement).entries.all()
    assert len({entry.subject for entry in entries}) == number
    for entry in entries:
        action = paper_of(OCTOBER).plans.get(code="ico-2015").actions.get(pk=entry.subject)
        assert action.updates.get(pk=entry.evidence).status == Status.COMPLETED


def test_the_appendix_has_all_77_actions():
    plan = paper_of(OCTOBER).issue.content["plans"][0]
    assert [row["reference"] for row in plan["appendix"]] == [f"ICO-{number:03}" for number in range(1, 78)]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("actions.in_progress", "49 as known today. ICO-031 is no longer counted: corrected on"),
        ("actions.not_started", "20 as known today. ICO-031 is now counted: corrected on"),
        (
            "actions.total",
            "Still 77. One action in it now rests on a corrected update. ICO-031, corrected on",
        ),
    ],
)
def test_the_figures_of_july_say_what_was_corrected_since_by_whom_and_why(key, said):
    paper = paper_of(date(2016, 7, 25))
    figure = paper.figures.counted().get(key=key, scope={"plans": ["ico-2015"]}, dimension={})
    address = reverse("committees:published_figure", args=[paper.pk, figure.position])
    answer = signed_in(play("committee_officer", "committee_officer")).get(address)
    words = " ".join(re.sub(r"<[^>]+>", "", answer.content.decode()).split())
    assert (
        f"{said} 10 October 2016 by Head of Governance, because “Entered against the wrong action: " in words
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_paper_of_77_actions_keeps_to_its_memory_and_says_how_long_each_of_its_files_takes(process_env):
    command = [sys.executable, "manage.py", "bench", "papers", "--rows", "77", "--turns", "1"]
    done = subprocess.run(
        command, env=process_env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert re.search(r"^paper of 77 actions +[\d.]+ +[\d.]+ +[\d.]+  limit 3, ", done.stdout, re.MULTILINE)
    parts = re.search(
        r"of it issue \d+, pdf \d+, html \d+, docx \d+, xlsx \d+, csv \d+, bundle \d+", done.stdout
    )
    assert parts, done.stdout  # the limit is a figure of the command, not an assertion here
    assert int(re.search(r"peak memory in MiB: (\d+)", done.stdout)[1]) < MEMORY_MIB
