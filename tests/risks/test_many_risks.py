"""Changing many risks at once, and saving views of the register: what is checked is done, once."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from governance.core.dates import today
from governance.people.models import SavedView
from risks.forms.bulk import FIELDS
from risks.models import Risk, RiskCategory
from risks.services.acceptance import answer, before
from tests.cast import signed_in
from tests.factories import PostFactory, RiskFactory, UnitFactory
from tests.risks.factories import score

pytestmark = pytest.mark.django_db
REASON = {"change_reason": "The service was reorganised"}


def start(person, **query):
    return signed_in(person).get(reverse("risks:bulk"), query)


def check(person, field, typed, **query):
    asked = urlencode(query | {"field": field}, doseq=True)
    return signed_in(person).post(f"{reverse('risks:bulk_check')}?{asked}", REASON | typed)


def token(response):
    return re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]


def do(person, response):
    return signed_in(person).post(reverse("risks:bulk_do"), {"token": token(response)})


def accepted(risk, siro):
    score(risk, 4, 4)
    until = today() + timedelta(days=30)
    return answer(risk, "accepted", seen=before(risk).token, until=until, reason="For a month", by=siro)


class TestManyRisks:
    def test_those_ticked_are_changed_with_one_version_each_and_the_reason(self, ig_officer):
        first, second, third = RiskFactory.create_batch(3)
        unit = UnitFactory()
        checked = check(ig_officer, "unit", {"unit": unit.pk}, chosen=[first.reference, second.reference])
        assert do(ig_officer, checked).url == "/risks/?"
        assert set(Risk.objects.filter(unit=unit)) == {first, second}
        last = Risk.history.filter(id=first.pk).latest("history_id")
        assert last.history_change_reason == "The service was reorganised"
        assert Risk.history.filter(id=third.pk).count() == 1

    def test_all_that_the_filters_match_are_changed(self, ig_officer):
        high, low = RiskFactory.create_batch(2)
        score(high, 5, 5)
        score(low, 1, 1)
        query = {"all": "yes", "stands": "above_appetite"}
        do(ig_officer, check(ig_officer, "treatment", {"treatment": "treat"}, **query))
        assert list(Risk.objects.filter(treatment="treat")) == [high]

    def test_the_check_says_how_many_change_stay_and_cannot(self, ig_officer):
        closed = RiskFactory(state="closed")
        RiskFactory(treatment="treat")
        RiskFactory()
        named = list(Risk.objects.values_list("reference", flat=True))
        page = check(ig_officer, "treatment", {"treatment": "treat"}, chosen=named).content.decode()
        facts = dict(re.findall(r"<dt[^>]*>\s*([^<]+?)\s*</dt>\s*<dd[^>]*>\s*([^<]+?)\s*</dd>", page))
        numbers = [facts[each] for each in ("Will change", "Have this value already", "Cannot be changed")]
        assert numbers == ["1", "1", "1"]
        assert f"They stay as they are: {closed.reference}" in page

    def test_the_acceptances_that_it_would_suspend_are_named(self, ig_officer, siro):
        borne, other = RiskFactory(), RiskFactory()
        accepted(borne, siro)
        named = [borne.reference, other.reference]
        post = PostFactory()
        told = check(ig_officer, "owner", {"owner": post.pk}, chosen=named).content.decode()
        assert f"suspends what was accepted of {borne.reference}:" in told
        category = RiskCategory.objects.first()
        told = check(ig_officer, "category", {"category": category.pk}, chosen=named).content.decode()
        assert "suspends" not in told

    def test_what_was_accepted_since_the_check_is_not_suspended_unseen(self, ig_officer, siro):
        risk = RiskFactory()
        checked = check(ig_officer, "owner", {"owner": PostFactory().pk}, chosen=[risk.reference])
        accepted(risk, siro)
        answered = do(ig_officer, checked)
        assert answered.status_code == 400
        assert "More acceptances would be suspended" in answered.content.decode()
        assert Risk.objects.get(pk=risk.pk).owner == risk.owner

    def test_what_somebody_changed_since_is_left_and_named(self, ig_officer):
        moved, stays = RiskFactory.create_batch(2)
        named = [moved.reference, stays.reference]
        checked = check(ig_officer, "treatment", {"treatment": "treat"}, chosen=named)
        Risk.objects.filter(pk=moved.pk).update(title="Renamed")
        answered = do(ig_officer, checked)
        assert answered.status_code == 409
        assert moved.reference in answered.content.decode()
        assert list(Risk.objects.filter(treatment="treat")) == [stays]

    @pytest.mark.parametrize("field", FIELDS)
    def test_each_field_is_offered_with_its_control(self, ig_officer, field):
        risk = RiskFactory()
        told = start(ig_officer, chosen=risk.reference, field=field)
        assert told.status_code == 200
        assert field in told.context["form"].fields

    @pytest.mark.parametrize(
        ("field", "typed"),
        [("owner", {"owner": "999999"}), ("treatment", {"treatment": "ignore"}), ("unit", {"unit": "\x00"}),
         ("confidentiality", {"confidentiality": "maybe"}), ("category", {"category": ""})],
    )  # fmt: skip
    def test_a_value_that_there_is_not_is_told_at_its_field(self, ig_officer, field, typed):
        answered = check(ig_officer, field, typed, chosen=RiskFactory().reference)
        assert field in answered.context["form"].errors

    @pytest.mark.parametrize(
        "query",
        [{"all": "yes", "unit": "99999"}, {"all": "yes", "level": "Enormous"},
         {"chosen": "IR-1", "as_at": "2020-01-01"}],
    )  # fmt: skip
    def test_a_filter_that_cannot_be_read_or_a_past_day_changes_nothing(self, ig_officer, query):
        RiskFactory()
        assert start(ig_officer, **query).status_code == 400

    @pytest.mark.parametrize("given", ["", "nonsense", "\x00"])
    def test_a_token_that_is_not_ours_changes_nothing(self, ig_officer, given):
        answered = signed_in(ig_officer).post(reverse("risks:bulk_do"), {"token": given})
        assert answered.status_code == 400

    def test_what_one_person_checked_another_does_not_do(self, ig_officer, records_manager):
        checked = check(ig_officer, "treatment", {"treatment": "treat"}, chosen=RiskFactory().reference)
        assert do(records_manager, checked).status_code == 400

    def test_who_may_not_change_many_sees_no_ticks(self, owner, ig_officer):
        assert 'name="chosen"' not in signed_in(owner).get("/risks/").content.decode()
        assert 'name="chosen"' in signed_in(ig_officer).get("/risks/").content.decode()
        assert start(owner, chosen=owner.risk.reference).status_code == 403


class TestSavedViews:
    def test_a_view_is_saved_offered_and_taken_off(self, owner):
        browser = signed_in(owner)
        given = {"name": "Too high", "query": "stands=above_appetite"}
        saved = browser.post(reverse("risks:views"), given)
        assert saved.url == "/risks/?stands=above_appetite"
        assert "Too high" in browser.get("/risks/").content.decode()
        view = SavedView.objects.get(register="risks")
        browser.post(reverse("risks:remove_view", args=[view.pk]))
        assert not SavedView.objects.exists()

    def test_a_view_of_the_assets_is_none_of_the_risks(self, owner):
        view = SavedView.objects.create(person=owner, register="assets", name="Mine", query="q=x")
        assert "Mine" not in signed_in(owner).get(reverse("risks:views")).content.decode()
        assert signed_in(owner).get(reverse("risks:remove_view", args=[view.pk])).status_code == 404

    def test_only_those_who_keep_the_register_share(self, owner, ig_officer):
        given = {"name": "For all", "query": "", "is_shared": "on"}
        signed_in(owner).post(reverse("risks:views"), given)
        signed_in(ig_officer).post(reverse("risks:views"), given)
        assert SavedView.objects.filter(is_shared=True).get().person == ig_officer


def test_the_page_where_it_begins_speaks_of_risks_in_its_heading_and_title(ig_officer):
    page = start(ig_officer, chosen=[RiskFactory().reference]).content.decode()
    assert '<h1 class="govuk-heading-l">Change many risks</h1>' in page
    assert re.search(r"<title>\s*Change many risks", page)
    assert "many assets" not in page
