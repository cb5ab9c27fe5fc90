"""Many people at one paper at the same moment, for real: threads, connections and commits of their own."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from governance.committees.models import Matter, Paper, PaperSection
from tests.actions.test_races import at_once
from tests.cast import play, signed_in
from tests.committees.factories import BodyFactory, MeetingFactory, PaperFactory
from tests.factories import PlanFactory

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


@pytest.fixture
def clerk(transactional_db):
    return play("committee_officer", "committee_officer")


@pytest.fixture
def draft(plan):
    draft = PaperFactory(plans=[plan], to_come=True)
    for position, heading in enumerate(("First", "Second", "Third"), 1):
        PaperSection.objects.create(paper=draft, position=position, heading=heading)
    return draft


def new_section(heading, place):
    return {"number": "", "heading": heading, "text": "", "place": place, "seen_place": 4}


@pytest.mark.parametrize("place", [2, 4])
def test_new_sections_at_once_are_all_taken_and_numbered(clerk, draft, place):
    url = reverse("committees:new_section", args=[draft.pk])
    sent = [(signed_in(clerk), url, new_section(f"New {n}", place)) for n in range(AT_ONCE)]
    assert at_once(sent) == {302: AT_ONCE}
    assert list(draft.sections.values_list("position", flat=True)) == list(range(1, 4 + AT_ONCE))


def test_sections_written_while_the_paper_is_issued_hold_nobody_up(clerk, plan):
    for _ in range(3):
        draft = PaperFactory(plans=[plan], to_come=True)
        section = PaperSection.objects.create(paper=draft, position=1, heading="First")
        edit = reverse("committees:edit_section", args=[draft.pk, section.pk])
        words = {"number": "", "heading": "Mine", "text": "x", "place": 1, "seen_place": 1}
        words |= {"seen_version": section.standing_version()}
        new = reverse("committees:new_section", args=[draft.pk])
        sent = [(signed_in(clerk), new, new_section(f"New {n}", 1)) for n in range(3)]
        sent += [(signed_in(clerk), edit, words)]
        sent += [(signed_in(clerk), reverse("committees:issue_paper", args=[draft.pk]), {})]
        answers = at_once(sent)
        assert set(answers) <= {302, 403}  # written before the issue, or refused after it
        issue = Paper.objects.get(pk=draft.pk).issue
        assert [one["heading"] for one in issue.content["sections"]] == [
            one.heading for one in draft.sections.all()
        ]


def test_one_paper_issued_many_times_at_once_is_issued_once_and_shown_to_all(clerk, draft):
    url = reverse("committees:issue_paper", args=[draft.pk])
    sent = [(signed_in(clerk), url, {}) for _ in range(AT_ONCE)]
    assert at_once(sent) == {302: AT_ONCE}
    assert draft.renderings.filter(format="pdf").count() == 1


def test_one_body_entered_many_times_at_once_is_there_once_and_the_others_are_told(clerk):
    url, said = reverse("committees:new_body"), {"name": "Cabinet", "kind": "cabinet"}
    assert at_once([(signed_in(clerk), url, said)] * 8) == {302: 1, 200: 7}


def test_requests_of_one_new_matter_recorded_at_once_are_all_taken(clerk):
    body = BodyFactory()
    address = reverse("committees:members_request", args=[MeetingFactory(body=body).pk])
    said = [{"text": f"Report {n}", "matter": "Progress", "awaits": "the outcome"} for n in range(AT_ONCE)]
    assert at_once([(signed_in(clerk), address, each) for each in said]) == {302: AT_ONCE}
    assert Matter.objects.get(body=body).requests.count() == AT_ONCE


def test_one_meeting_entered_many_times_at_once_is_there_once_and_the_others_are_told(clerk):
    body, url = BodyFactory(), reverse("committees:new_meeting")
    said = {"body": body.pk, "held_on_day": 24, "held_on_month": 10, "held_on_year": 2016}
    said |= {"why_past": "History brought in"}
    assert at_once([(signed_in(clerk), url, said)] * 8) == {302: 1, 200: 7}
    assert body.meetings.count() == 1
    again = signed_in(clerk).post(url, said).content.decode()
    assert "This meeting is there already" in again


def edit(client, section, **typed):
    url = reverse("committees:edit_section", args=[section.paper_id, section.pk])
    given = {"number": section.number, "heading": section.heading, "text": section.text}
    return client.post(url, given | typed)


def test_a_section_that_only_moved_meanwhile_is_no_conflict_and_stays_where_it_is(clerk, draft):
    third = draft.sections.get(heading="Third")
    seen = {"seen_version": third.standing_version(), "place": 3, "seen_place": 3}
    url = reverse("committees:new_section", args=[draft.pk])
    signed_in(clerk).post(url, new_section("Before", 1))
    assert edit(signed_in(clerk), third, text="Written", **seen).status_code == 302
    assert list(draft.sections.values_list("heading", flat=True)) == ["Before", "First", "Second", "Third"]
    assert draft.sections.get(heading="Third").text == "Written"


# The front sheet


def front(paper, plans, seen):
    return {
        "meeting": paper.meeting_id,
        "title": paper.title,
        "publication_status": "Public",
        "wards": "All",
        "plans": [plan.pk for plan in plans],
        "seen_version": paper.standing_version(),
        "seen_plans": " ".join(str(plan.pk) for plan in seen),
    }


def test_choosing_plans_overwrites_nobodys_choice_unseen(clerk, draft, plan):
    url = reverse("committees:edit_paper", args=[draft.pk])
    mine, theirs = PlanFactory(title="Mine"), PlanFactory(title="Theirs")
    sent = [(signed_in(clerk), url, front(draft, [plan, one], [plan])) for one in (mine, theirs)]
    assert at_once(sent) == {302: 1, 409: 1}


def test_the_plans_of_two_people_are_shown_and_chosen(clerk, draft, plan):
    url, client = reverse("committees:edit_paper", args=[draft.pk]), signed_in(clerk)
    mine, theirs = PlanFactory(title="Mine"), PlanFactory(title="Theirs")
    client.post(url, front(draft, [plan, theirs], [plan]))
    answer = client.post(url, front(draft, [plan, mine], [plan]))
    form = answer.context["form"].conflict
    shown = {one.name: (one.yours, one.theirs) for one in form.differences}
    assert shown == {"plans": (f"{plan}, Mine", f"{plan}, Theirs")}
    again = QueryDict(mutable=True)
    for name, value in [*form.posted, ("seen_version", str(form.version)), ("choose-plans", "mine")]:
        again.appendlist(name, value)
    assert client.post(url, dict(again.lists())).status_code == 302
    assert set(draft.plans.all()) == {plan, mine}
