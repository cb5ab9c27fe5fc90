"""What nobody has answered of an incident is not recorded as "no", and counts apart."""

from html import unescape

import pytest
from django.utils.html import strip_tags

from governance.figures.moment import Moment, Scope
from governance.history.trail import signed
from risks.figures import incident as figures
from risks.models import Incident
from risks.services.incident_closing import missing_to_close
from tests.cast import signed_in
from tests.risks.factories_incident import IncidentFactory
from tests.risks.incident_pages import REPORT, first_report, page_of, post
from tests.risks.refused import refused_by
from tests.risks.test_incident_clock import clock_of

pytestmark = pytest.mark.django_db
QUESTIONS = ("confidentiality", "integrity", "availability", "near_miss", "special_category")


def facts_on(page):
    """Each fact of the cards, by its label."""
    return {fact.label: fact.value for card in page.context["cards"] for fact in card.facts}


def test_the_first_report_answers_nothing_that_it_does_not_ask(outsider):
    signed_in(outsider).post(REPORT, first_report(contains_personal_data=""))
    incident = Incident.objects.get()
    assert {getattr(incident, question) for question in QUESTIONS} == {None}
    page = signed_in(outsider).get(page_of(incident))
    for question in QUESTIONS:
        label = Incident._meta.get_field(question).verbose_name
        assert facts_on(page)[label[:1].upper() + label[1:]] == ""
    words = " ".join(unescape(strip_tags(page.content.decode())).split())
    assert "A near miss: nothing came of it Not recorded" in words
    assert "Special category data Not recorded" in words
    assert clock_of(incident) == "clock_overdue"


@pytest.mark.parametrize(("typed", "kept"), [("true", True), ("false", False), ("", None)])
@pytest.mark.parametrize(
    ("section", "question"),
    [("type", name) for name in QUESTIONS[:3]] + [("people", "special_category"), ("what", "near_miss")],
)
def test_each_question_is_answered_by_yes_no_or_not_yet(ig_officer, section, question, typed, kept):
    incident = IncidentFactory(**dict.fromkeys(QUESTIONS[:3]))
    Incident.objects.filter(pk=incident.pk).update(**{question: not kept})
    kept_already = {
        "title": incident.title, "what_happened": incident.what_happened, "unit": incident.unit_id,
        "contains_personal_data": "true",
    }  # fmt: skip
    seen = {"seen_version": incident.standing_version(), "change_reason": "Found out"}
    answer = post(ig_officer, incident, f"edit/{section}/", kept_already | {question: typed} | seen)
    assert answer.status_code == 302, answer.context["form"].errors
    assert getattr(Incident.objects.get(pk=incident.pk), question) is kept


def test_an_answer_that_was_given_is_shown_as_chosen(ig_officer):
    incident = IncidentFactory(near_miss=False, special_category=None)
    form = signed_in(ig_officer).get(page_of(incident, "edit/what/")).context["form"]
    assert form["near_miss"].value() == "false"
    form = signed_in(ig_officer).get(page_of(incident, "edit/people/")).context["form"]
    assert (form["special_category"].value(), form["contains_personal_data"].value()) == ("", "true")


@pytest.mark.parametrize("typed", ["maybe", "True", "\x00", "on"])
def test_an_answer_that_is_none_is_refused(ig_officer, typed):
    incident = IncidentFactory()
    seen = {"seen_version": incident.standing_version(), "change_reason": "x", "confidentiality": typed}
    answer = post(ig_officer, incident, "edit/type/", seen)
    assert answer.status_code == 400 or "confidentiality" in answer.context["form"].errors


def test_what_nobody_has_answered_counts_apart_and_each_incident_once():
    IncidentFactory(**dict.fromkeys(QUESTIONS))
    IncidentFactory(**dict.fromkeys(QUESTIONS, True))
    IncidentFactory(**dict.fromkeys(QUESTIONS, False))
    now, council = Moment.now(), Scope()
    for yes, unknown in (
        (figures.of_confidentiality, figures.type_not_recorded),
        (figures.special, figures.special_not_recorded),
        (figures.near_misses, figures.near_miss_not_recorded),
    ):
        assert (yes.value(now, council), unknown.value(now, council)) == (1, 1), yes.key
    assert figures.total.by(now, council, "near_miss") == {None: 1, True: 1, False: 1}


def test_special_categories_are_not_asked_of_what_concerns_no_personal_data():
    IncidentFactory(contains_personal_data=False, special_category=None)
    IncidentFactory(contains_personal_data=None, special_category=None)
    assert figures.special_not_recorded.value(Moment.now(), Scope()) == 1


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ({"contains_personal_data": None}, "clock_overdue"),
        ({"near_miss": None}, "clock_overdue"),
        ({"near_miss": False}, "clock_overdue"),
        ({"near_miss": True}, "no_clock"),
        ({"contains_personal_data": False, "near_miss": None}, "no_clock"),
    ],
)
def test_the_clock_is_open_until_somebody_has_answered(said, clock):
    assert clock_of(IncidentFactory(**said)) == clock


@pytest.mark.parametrize("before", [None, False])
def test_that_it_was_a_near_miss_needs_a_second_person_also_where_nobody_had_answered(before):
    incident = IncidentFactory(near_miss=before)
    mine = Incident.objects.filter(pk=incident.pk)
    with signed(incident.reported_by), refused_by("incident_is_left_untold_by_another_than_reported_it"):
        mine.update(near_miss=True)


def test_what_is_not_answered_is_asked_for_before_it_is_closed():
    incident = IncidentFactory(ready_to_close=True, integrity=None, near_miss=None, special_category=None)
    said = " and ".join(missing_to_close(incident))
    for words in ("of which types it is, and of which not", "a near miss", "special category data"):
        assert words in said
    assert "special" not in " ".join(missing_to_close(IncidentFactory(contains_personal_data=False)))
