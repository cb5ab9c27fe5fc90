"""Raising a risk, scoring it in the council's own table, and reading how its score came to be."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.core.dates import today
from risks.models import Assessment, Risk, RiskAsset, RiskControl
from risks.representations.definition import shipped
from risks.services.matrix import adopt, begin
from tests.cast import signed_in
from tests.factories import AssetFactory, RiskFactory
from tests.risks.factories import INHERENT, TARGET, cell, in_force, score

pytestmark = pytest.mark.django_db


def scoring(risk, kind="current"):
    return reverse("risks:score", args=[risk.reference, kind])


def typed(likelihood, impact, *, on=None, seen="", **more):
    day = on or today()
    given = {"cell": cell(likelihood, impact).pk, "reason": "As the workshop found", "seen": seen}
    return given | {"on_day": day.day, "on_month": day.month, "on_year": day.year} | more


def page(person, address):
    return signed_in(person).get(address).content.decode()


class TestRaising:
    def test_from_an_asset_the_risk_comes_with_the_asset_and_its_owner(self, owner):
        assert f"?asset={owner.asset.reference}" in page(owner, owner.asset.get_absolute_url())
        form = signed_in(owner).get(reverse("risks:new"), {"asset": owner.asset.reference}).context["form"]
        assert form["asset"].value() == owner.asset.pk
        assert form["owner"].value() == owner.post.pk

    def test_it_is_entered_under_the_next_reference_and_scored_next(self, owner):
        given = {"title": "Files left on trains", "owner": owner.post.pk, "unit": owner.post.unit_id}
        answer = signed_in(owner).post(reverse("risks:new"), given | {"asset": owner.asset.pk})
        raised = Risk.objects.get(title="Files left on trains")
        assert (answer.status_code, answer.url) == (302, scoring(raised))
        assert (raised.asset, raised.state) == (owner.asset, "open")

    def test_nobody_raises_a_risk_for_another_unit(self, owner, other_owner):
        given = {"title": "Theirs", "owner": other_owner.post.pk, "unit": other_owner.post.unit_id}
        answer = signed_in(owner).post(reverse("risks:new"), given)
        assert "unit" in answer.context["form"].errors
        assert not Risk.objects.filter(title="Theirs").exists()

    @pytest.mark.parametrize("asked", ["IA-9999", "\x00", "<script>"])
    def test_an_asset_that_there_is_not_fills_nothing_in(self, owner, asked):
        answer = signed_in(owner).get(reverse("risks:new"), {"asset": asked})
        assert answer.context["form"].initial.get("asset") is None

    def test_an_asset_of_others_is_not_offered(self, owner, other_owner):
        answer = signed_in(owner).get(reverse("risks:new"), {"asset": other_owner.asset.reference})
        assert other_owner.asset.title not in answer.content.decode()


class TestScoring:
    def test_the_table_is_the_councils_own_with_the_word_of_each_level(self, owner):
        in_force()
        told = page(owner, scoring(owner.risk))
        assert told.count('type="radio" name="cell"') == 25
        for words in ("Almost certain", "Catastrophic", "Very high", "Not in five years"):
            assert words in told

    def test_a_score_is_recorded_with_its_reason_by_the_post(self, owner):
        in_force()
        answer = signed_in(owner).post(scoring(owner.risk), typed(4, 4), follow=True)
        made = owner.risk.assessments.get()
        assert (str(made.cell.level), made.reason, made.recorded_as) == (
            "Very high", "As the workshop found", owner.post.title,
        )  # fmt: skip
        assert "above tolerance" in answer.content.decode()

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"cell": ""}, "cell"), ({"cell": "999999"}, "cell"), ({"cell": "\x00"}, "cell"),
         ({"reason": " "}, "reason"), ({"on_day": "31", "on_month": "2"}, "on")],
    )  # fmt: skip
    def test_what_makes_no_score_is_told_at_its_field_and_keeps_what_was_typed(self, owner, change, field):
        in_force()
        answer = signed_in(owner).post(scoring(owner.risk), typed(4, 4) | change)
        assert answer.status_code == 200
        assert field in answer.context["form"].errors
        assert not Assessment.objects.exists()

    def test_a_day_to_come_or_before_any_matrix_is_refused_in_words(self, owner):
        first = in_force()
        for day in (today() + timedelta(days=1), first.from_on - timedelta(days=1)):
            answer = signed_in(owner).post(scoring(owner.risk), typed(4, 4, on=day))
            assert "on" in answer.context["form"].errors, day

    def test_a_day_of_an_earlier_matrix_names_the_one_that_was_in_force(self, owner):
        first = in_force()
        four = adopt(begin(shipped()["four_by_four"]), from_on=today(), reason="Cabinet, minute 65")
        yesterday = today() - timedelta(days=1)
        given = typed(2, 2, on=yesterday) | {"cell": cell(2, 2, four).pk}
        answer = signed_in(owner).post(scoring(owner.risk), given)
        assert str(first) in answer.context["form"].errors["on"][0]

    def test_a_target_above_the_current_score_asks_why(self, owner):
        score(owner.risk, 2, 2)
        browser, address = signed_in(owner), scoring(owner.risk, "target")
        answer = browser.post(address, typed(4, 4))
        assert "above the current score" in answer.context["form"].errors["waiver"][0]
        browser.post(address, typed(4, 4, waiver="It opens to all in May"))
        assert owner.risk.assessments.get(kind=TARGET).waiver == "It opens to all in May"

    def test_of_two_who_score_at_once_the_second_is_told_and_loses_nothing(self, owner, ig_officer):
        seen = score(owner.risk, 2, 2).pk
        score(owner.risk, 4, 4, by=ig_officer)
        browser = signed_in(owner)
        answer = browser.post(scoring(owner.risk), typed(3, 3, seen=seen))
        form = answer.context["form"]
        assert "Somebody else has scored this risk" in form.non_field_errors()[0]
        assert form["reason"].value() == "As the workshop found"
        browser.post(scoring(owner.risk), typed(3, 3, seen=form["seen"].value()))
        assert owner.risk.assessments.count() == 3

    def test_without_a_matrix_the_page_says_what_is_missing(self, owner):
        assert "There is no matrix to score under yet" in page(owner, scoring(owner.risk))

    @pytest.mark.parametrize("kind", ["residual", "0"])
    def test_there_is_no_other_kind_of_score(self, owner, kind):
        assert signed_in(owner).get(scoring(owner.risk, kind)).status_code == 404


class TestThePageOfARisk:
    def test_it_tells_each_score_with_its_reason_and_how_it_moved(self, ig_officer):
        risk = RiskFactory()
        score(risk, 5, 5, kind=INHERENT, reason="Nothing was locked")
        score(risk, 4, 4, reason="Half is locked")
        score(risk, 2, 3, on=today(), reason="All is locked")
        told = page(ig_officer, risk.get_absolute_url())
        for words in ("Nothing was locked", "Half is locked", "All is locked", "Current score over time"):
            assert words in told
        assert "within appetite" in told

    def test_a_past_day_shows_the_scores_of_that_day(self, ig_officer):
        risk = RiskFactory()
        Risk.objects.filter(pk=risk.pk).update(title="Renamed")
        score(risk, 2, 3, on=today(), reason="All is locked")
        yesterday = today() - timedelta(days=1)
        told = page(ig_officer, f"{risk.get_absolute_url()}?as_at={yesterday}")
        assert "All is locked" not in told

    def test_a_risk_that_was_never_scored_asks_for_it(self, owner):
        told = page(owner, owner.risk.get_absolute_url())
        assert told.count("Not scored") == 3
        assert f'href="{scoring(owner.risk)}"' in told

    def test_it_names_controls_by_where_they_stand(self, owner):
        RiskControl.objects.create(risk=owner.risk, title="Locked cabinets")
        RiskControl.objects.create(risk=owner.risk, title="Tracing", state="planned", planned_for=today())
        told = page(owner, owner.risk.get_absolute_url())
        assert (
            told.index("In place")
            < told.index("Locked cabinets")
            < told.index("Planned")
            < told.index("Tracing")
        )

    def test_further_assets_are_named_to_those_who_may_open_them(self, owner, other_owner, ig_officer):
        RiskAsset.objects.create(risk=owner.risk, asset=other_owner.asset)
        assert other_owner.asset.title in page(ig_officer, owner.risk.get_absolute_url())
        assert other_owner.asset.title not in page(owner, owner.risk.get_absolute_url())


class TestParts:
    def test_a_control_is_added_changed_and_ended_with_a_reason(self, owner):
        browser = signed_in(owner)
        given = {"title": "Locked cabinets", "state": "existing"}
        browser.post(reverse("risks:add_control", args=[owner.risk.reference]), given)
        control = owner.risk.controls.get()
        address = reverse("risks:change_control", args=[owner.risk.reference, control.pk])
        seen = {"seen_version": control.standing_version()}
        browser.post(address, {**given, **seen, "state": "ended", "change_reason": "The building is sold"})
        control.refresh_from_db()
        assert control.state == "ended"
        assert RiskControl.history.latest("history_id").history_change_reason == "The building is sold"

    def test_a_planned_control_says_by_when(self, owner):
        address = reverse("risks:add_control", args=[owner.risk.reference])
        answer = signed_in(owner).post(address, {"title": "Locks", "state": "planned"})
        assert "planned_for" in answer.context["form"].errors

    def test_another_asset_is_added_once_and_taken_off(self, owner):
        browser, asset = signed_in(owner), AssetFactory(owner=owner.post)
        address = reverse("risks:add_asset", args=[owner.risk.reference])
        browser.post(address, {"asset": asset.reference.lower()})
        link = owner.risk.asset_links.get()
        assert "asset" in browser.post(address, {"asset": asset.reference}).context["form"].errors
        first = browser.post(address, {"asset": owner.asset.reference}).context["form"].errors["asset"]
        assert "names first" in first[0]
        browser.post(reverse("risks:remove_asset", args=[owner.risk.reference, link.pk]))
        assert not owner.risk.asset_links.exists()

    def test_the_treatment_is_changed_with_a_reason(self, owner):
        address = reverse("risks:treatment", args=[owner.risk.reference])
        given = {
            "treatment": "transfer", "treatment_note": "Insured", "register_level": "siro",
            "corporate_reference": "CR-7", "change_reason": "Decided by the group",
            "seen_version": owner.risk.standing_version(),
        }  # fmt: skip
        told = signed_in(owner).post(address, given, follow=True).content.decode()
        assert all(words in told for words in ("Transfer", "Insured", "SIRO", "CR-7"))

    def test_a_risk_is_closed_and_reopened_with_a_reason(self, owner):
        address, browser = reverse("risks:close", args=[owner.risk.reference]), signed_in(owner)
        score(owner.risk, 4, 4)
        browser.post(address, {"to": "closed", "reason": "The system is gone"})
        assert "Closed." in page(owner, owner.risk.get_absolute_url())
        assert signed_in(owner).get(scoring(owner.risk)).status_code == 403
        assert owner.risk.reference not in page(owner, "/risks/")
        browser.post(address, {"to": "open", "reason": "It is not"})
        assert Risk.objects.get(pk=owner.risk.pk).state == "open"
        assert Risk.history.filter(id=owner.risk.pk).latest("history_id").history_change_reason == "It is not"
