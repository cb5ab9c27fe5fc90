"""A paper that was withdrawn is no paper before any more, and whatever leads to it finds its tombstone."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from governance.committees import services
from governance.committees.models import Takedown
from governance.core.dates import LONDON
from tests.cast import play, signed_in
from tests.committees.conftest import JULY, OCTOBER
from tests.committees.factories import BodyFactory, MeetingFactory, PaperFactory
from tests.committees.pages import plainly, read

pytestmark = pytest.mark.django_db
SUMMER = date(2016, 8, 10)


@pytest.fixture
def body(plan, clerk):
    """A body that has had a paper in July and another in August, with risks in both."""
    body = BodyFactory()
    for frozen_on in (JULY, SUMMER):
        told = MeetingFactory(body=body, held_on=frozen_on)
        paper = PaperFactory(plans=[plan], meeting=told, tells_risks=True, title=f"Paper of {frozen_on}")
        services.issue(paper, by=clerk, frozen_on=frozen_on)
    return body


def withdrawn(body, reach="paper"):
    officer = play("monitoring_officer", "monitoring_officer")
    paper = body.meetings.get(held_on=SUMMER).papers.get()
    services.take_down(Takedown(paper=paper, reach=reach, authority="Section 5", reason="A name"), by=officer)
    return paper


def next_content(body, plan, clerk):
    meeting = MeetingFactory(body=body, held_on=date(2016, 10, 24))
    paper = PaperFactory(plans=[plan], meeting=meeting, tells_risks=True)
    return services.issue(paper, by=clerk, frozen_on=OCTOBER).content


@pytest.mark.parametrize(("reach", "since"), [("paper", "13 July 2016"), ("public", "10 August 2016")])
def test_the_next_paper_compares_itself_with_the_last_one_that_stands(reach, since, body, plan, clerk):
    withdrawn(body, reach)
    content = next_content(body, plan, clerk)
    told = content["plans"][0]
    assert told["movement"]["since"] == since
    assert content["risks"]["movement"]["since"] == since
    days = [point["day"] for point in told["progress"]]
    assert (SUMMER.isoformat() in days) == (reach == "public")


def test_lists_say_that_it_was_withdrawn(body, ig_officer):
    paper = withdrawn(body)
    reader = signed_in(ig_officer)
    pages = [
        reverse("committees:papers"),
        reverse("committees:resolutions", args=[paper.meeting_id]),
        paper.meeting.get_absolute_url(),
        reverse("dashboards:home"),
    ]
    for url in pages:
        said = plainly(read(reader, url))
        assert "withdrawn" in said.lower().partition(paper.title.lower())[2][:120], url
    call_command("papers", format="json", stdout=(out := StringIO()))
    states = {row["title"]: row["state"] for row in json.loads(out.getvalue())}
    assert states[paper.title] == "Withdrawn"


def test_the_command_tells_of_a_public_page_that_was_withdrawn_alone(body):
    paper = withdrawn(body, "public")
    for form in ("table", "json"):
        call_command("papers", format=form, stdout=(out := StringIO()))
        day = paper.takedown.taken_at.astimezone(LONDON).date().isoformat()
        assert out.getvalue().count(day) >= 1, form
    rows = {row["title"]: row["public_page_withdrawn_on"] for row in json.loads(out.getvalue())}
    assert sorted(map(str, rows.values())) == [day, "None"]
