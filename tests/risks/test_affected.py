"""What a risk harms is asked when it is raised; what nobody was asked is "not recorded", and never a "no"."""

import pytest
from django.urls import reverse

from governance.history.timeline import Event, timeline
from governance.people.registers.cells import as_yes_or_no
from risks.models import Risk
from risks.representations.affected import AFFECTED, affected, told_of_harm
from risks.representations.merging import side_by_side
from risks.representations.sheet import SHEET
from tests.cast import signed_in
from tests.factories import PostFactory, RiskFactory, UnitFactory

pytestmark = pytest.mark.django_db


def added(risk) -> Event:
    return told_of_harm(timeline(risk)[-1])


def test_the_form_that_raises_a_risk_asks_what_it_harms(ig_officer):
    client = signed_in(ig_officer)
    page = client.get(reverse("risks:new")).content.decode()
    assert all(f'name="{name}"' in page for name in AFFECTED)
    said = {"title": "Files left on trains", "owner": PostFactory().pk, "unit": UnitFactory().pk}
    assert client.post(reverse("risks:new"), {**said, "integrity": "on"}).status_code == 302
    risk = Risk.objects.get(title="Files left on trains")
    assert [getattr(risk, name) for name in AFFECTED] == [False, True, False]


def test_what_was_ticked_stays_ticked_where_something_else_is_wrong(ig_officer):
    page = signed_in(ig_officer).post(reverse("risks:new"), {"availability": "on"}).content.decode()
    box = page.split('name="availability"')[1].split(">")[0]
    assert "checked" in box


def test_a_risk_of_which_nobody_said_is_told_as_not_recorded_everywhere(siro):
    risk, other = RiskFactory(), RiskFactory(confidentiality=True, availability=True)
    told = {each.label: each.after for each in added(risk).changes}
    assert told["Affects"] == "not recorded"
    assert not any(f"Affects {name}" in told for name in AFFECTED)
    rows = {label: (mine, theirs) for label, mine, theirs, _ in side_by_side(risk, other, siro)}
    assert rows["Affects"] == ("Not recorded", "Confidentiality, availability")
    page = signed_in(siro).get(risk.get_absolute_url()).content.decode()
    assert "Affects confidentiality" not in page
    assert "Not recorded" in page.split(">Affects<", 1)[1][:200]


def test_what_was_ticked_is_told_and_what_was_not_is_left_out():
    told = {each.label: each.after for each in added(RiskFactory(integrity=True)).changes}
    assert told["Affects integrity"] == "yes"
    assert "Affects" not in told
    assert "Affects availability" not in told


def test_that_a_tick_is_taken_away_is_a_change_like_another():
    risk = RiskFactory(integrity=True)
    Risk.objects.filter(pk=risk.pk).update(integrity=False)
    (change,) = told_of_harm(timeline(risk)[0]).changes
    assert (change.label, change.before, change.after) == ("Affects integrity", "yes", "no")


def test_a_file_says_yes_or_nothing_and_reads_back_the_same():
    column = next(each for each in SHEET.columns if each.name == "integrity")
    risk, other = RiskFactory(integrity=True), RiskFactory()
    assert (column.write(risk), column.write(other)) == ("Yes", "")
    assert column.empty is False
    assert column.reader()("No") is as_yes_or_no("no") is False


def test_words_say_nothing_where_nothing_was_said():
    assert affected(Risk()) == ""
    assert affected(Risk(integrity=True, availability=True)) == "Integrity, availability"
