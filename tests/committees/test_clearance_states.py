"""What clearance does to a paper: its state, whether it is issued, what it prints, what is late."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.committees import services
from governance.committees.form import shipped_forms
from governance.committees.models import Paper, PaperTemplate
from governance.committees.services import clearance, stops
from governance.committees.services.letters import sent_for_clearance
from governance.committees.services.templates import adopt, begin
from governance.committees.states import with_state
from governance.core.dates import long_date, today
from tests.cast import play, signed_in
from tests.committees.clearing import answered
from tests.committees.exempting import mark
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.factories_bodies import MinutesFactory
from tests.committees.pages import plainly, read

pytestmark = pytest.mark.django_db


def state(paper):
    return with_state(Paper.objects.filter(pk=paper.pk)).get().standing


def test_a_paper_goes_from_draft_by_clearing_and_cleared_to_issued_and_considered(sent, finance, clerk):
    paper = sent.paper
    other = PaperFactory(meeting=paper.meeting)
    assert (state(other), state(paper)) == ("Draft", "Being cleared")
    answered(sent, finance)
    assert state(paper) == "Cleared"
    services.issue(paper, by=clerk)
    assert state(paper) == "Issued"
    assert with_state(Paper.objects.filter(pk=paper.pk)).get().clearances == []  # nobody asks for them
    MinutesFactory(meeting=paper.meeting)
    paper.meeting.resolutions.create(
        position=1, decision="note", text="Noted", paper=Paper.objects.get(pk=paper.pk)
    )
    assert state(paper) == "Considered"
    assert "Considered" in plainly(read(signed_in(clerk), reverse("committees:papers")))


def test_an_uncleared_paper_is_issued_by_an_override_that_it_prints(sent, clerk):
    paper, officer = sent.paper, play("monitoring_officer", "monitoring_officer")
    with pytest.raises(
        services.IssueRefusedError, match="The Finance director has not answered; it was sent on"
    ):
        services.issue(paper, by=clerk)
    (stop,) = stops.standing_stops(paper)
    stops.override(paper, stop=stop.name, reason="Finance is away and the matter is urgent", by=officer)
    services.issue(paper, by=clerk)
    page = plainly(read(signed_in(clerk), paper.get_absolute_url()))
    assert "has not answered" in page
    assert "Finance is away and the matter is urgent" in page


def test_an_override_of_silence_does_not_stand_for_a_refusal(sent, finance, clerk):
    officer = play("monitoring_officer", "monitoring_officer")
    (stop,) = stops.standing_stops(sent.paper)
    stops.override(sent.paper, stop=stop.name, reason="Finance is away", by=officer)
    answered(sent, finance, "returned", "Not so")
    with pytest.raises(services.IssueRefusedError, match="returned it on"):
        services.issue(sent.paper, by=clerk)


def test_an_override_of_one_refusal_does_not_stand_for_the_next(sent, finance, clerk):
    officer = play("monitoring_officer", "monitoring_officer")
    answered(sent, finance, "returned", "Not so")
    (stop,) = stops.standing_stops(sent.paper)
    stops.override(sent.paper, stop=stop.name, reason="A matter of taste", by=officer)
    assert stops.standing_stops(sent.paper) == []
    clearance.send(sent.paper, [sent], by=clerk)
    answered(sent, finance, "returned", "It is against the law")
    with pytest.raises(services.IssueRefusedError, match="returned it on"):
        services.issue(sent.paper, by=clerk)


def test_who_contributes_is_not_waited_for_and_what_the_form_asks_for_is(draft, clerk):
    contributor = play("records")
    clearance.send(
        draft, [clearance.name_clearer(draft, post=contributor.post, part="contributor")], by=clerk
    )
    assert [each.words for each in stops.standing_stops(draft)] == ["Nobody is named to clear it as: finance"]


def test_the_paper_prints_posts_with_their_days_and_names_where_its_form_says_so(sent, finance, clerk):
    answered(sent, finance)
    page = plainly(read(signed_in(clerk), sent.paper.get_absolute_url()))
    day = long_date(today())
    row = f"Finance director{sent.post.unit}Finance{day}{day}Cleared"
    assert row in page
    assert "The finance director" not in page
    form = begin(replace(shipped_forms()["plain"], code="ours"))
    PaperTemplate.objects.filter(pk=form.pk).update(names_clearers=True)
    adopt(form, from_on=today(), reason="Ours names who cleared")
    Paper.objects.filter(pk=sent.paper_id).update(template=form)
    assert f"The finance director{row}" in plainly(read(signed_in(clerk), sent.paper.get_absolute_url()))
    issued = services.issue(sent.paper, by=clerk)
    assert [each["stage"] for each in issued.content["clearances"]] == ["Cleared"]


def test_a_paper_that_nobody_was_asked_to_clear_has_no_word_of_it(plan, clerk):
    assert "clearances" not in services.issue(PaperFactory(plans=[plan], to_come=True), by=clerk).content


def test_the_work_programme_says_which_clearance_is_late_until_it_is_given(sent, finance, clerk):
    Paper.objects.filter(pk=sent.paper_id).update(meeting=MeetingFactory(held_on=today() + timedelta(1)))
    programme = reverse("committees:work_programme")
    assert "Cleared by finance: due on" in plainly(read(signed_in(clerk), programme))
    table = plainly(read(signed_in(clerk), reverse("committees:clearance", args=[sent.paper_id])))
    assert "working days late" in table
    sent.refresh_from_db()
    answered(sent.__class__.objects.get(pk=sent.pk), finance)
    page = plainly(read(signed_in(clerk), programme))
    assert "Cleared by" not in page
    assert "Published: due on" in page


def marked(paper):
    mark(paper, section=paper.sections.get(heading="Background"))  # as before marks were part of the version


def changed(paper):
    paper.sections.filter(heading="Costs").update(text="£10,000")


@pytest.mark.parametrize(
    ("step", "stage"), [(marked, "Cleared"), (changed, "Cleared in an older version")], ids=["marks", "words"]
)
def test_what_is_issued_is_never_to_be_cleared_again(step, stage, sent, finance, clerk):
    answered(sent, finance)
    step(sent.paper)
    (stop,) = stops.standing_stops(sent.paper)
    proper = play("monitoring_officer", "monitoring_officer")
    stops.override(sent.paper, stop=stop.name, reason="Agreed", by=proper)
    services.issue(sent.paper, by=clerk)
    page = reverse("committees:clearance", args=[sent.paper_id])
    table = plainly(read(signed_in(clerk), page)).partition("History of clearances")[0]
    assert table.count(stage) == 1
    assert "To be cleared again" not in table
    assert ("Changed since" in table) == (step is changed)


def test_home_and_lists_ask_as_often_for_many_papers_as_for_one(plan, finance, clerk):
    places = ("/", reverse("committees:to_clear"), reverse("committees:papers"))
    asked = []
    for _ in range(3):
        paper = PaperFactory(plans=[plan], to_come=True)
        clearance.send(paper, [clearance.name_clearer(paper, post=finance.post, part="finance")], by=clerk)
        asked.append([queries(signed_in(finance), place) for place in places])
    assert asked[0] == asked[1] == asked[2]
    assert max(asked[2]) <= 12
    assert "3 papers wait for your clearance, due by" in plainly(read(signed_in(finance), "/"))


def test_letters_ask_as_often_for_many_papers_as_for_one(sent, finance, clerk, plan):
    with CaptureQueriesContext(connection) as one:
        assert len(list(sent_for_clearance())) == 1
    for _ in range(2):
        paper = PaperFactory(plans=[plan], to_come=True)
        clearance.send(paper, [clearance.name_clearer(paper, post=finance.post, part="finance")], by=clerk)
    with CaptureQueriesContext(connection) as many:
        assert len(list(sent_for_clearance())) == 3
    assert len(one) == len(many)


def queries(browser, place):
    with CaptureQueriesContext(connection) as asked:
        read(browser, place)
    return len([each for each in asked if "SAVEPOINT" not in each["sql"]])
