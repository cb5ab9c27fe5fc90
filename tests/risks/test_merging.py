"""One risk entered twice: the duplicate ends, what hung on it goes to the one that stays."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from actions.models import ActionRisk
from risks.models import IncidentRisk, Risk, RiskAsset, RiskControl
from risks.services.acceptance import ask
from risks.services.merging import MergeError, merge, separate, token_of
from tests.cast import signed_in
from tests.factories import ActionFactory, AssetFactory, RiskFactory
from tests.risks.factories import score
from tests.risks.factories_incident import IncidentFactory

pytestmark = pytest.mark.django_db


def merging(risk, into=None):
    address = reverse("risks:merge", args=[risk.reference])
    return f"{address}?into={into.reference}" if into else address


def given(risk, into, **more):
    return {"reason": "Entered twice", "seen": token_of(risk, into)} | more


def page(person, thing):
    return signed_in(person).get(thing.get_absolute_url()).content.decode()


@pytest.fixture
def two():
    return RiskFactory(title="Files lost on trains"), RiskFactory(title="Files left on trains")


def test_both_are_shown_side_by_side_before_anything_happens(ig_officer, two):
    twice, stays = two
    score(stays, 4, 4)
    RiskControl.objects.create(risk=twice, title="Locked bags")
    told = signed_in(ig_officer).get(merging(twice, stays)).content.decode()
    for words in (twice.title, stays.title, "Very high", "Not scored", "Locked bags", "Different"):
        assert words in told
    assert Risk.objects.get(pk=twice.pk).state == "open"


def test_the_duplicate_ends_with_its_reason_and_each_page_names_the_other(ig_officer, two):
    twice, stays = two
    answer = signed_in(ig_officer).post(merging(twice, stays), given(twice, stays))
    assert answer.url == stays.get_absolute_url()
    twice.refresh_from_db()
    assert (twice.state, twice.merged_into) == ("merged", stays)
    assert Risk.history.filter(id=twice.pk).latest("history_id").history_change_reason == "Entered twice"
    assert stays.reference in page(ig_officer, twice)
    assert "Merged into it" in page(ig_officer, stays)
    assert twice.reference not in signed_in(ig_officer).get("/risks/").content.decode()


def test_what_hung_on_the_duplicate_goes_with_it_and_nothing_twice(ig_officer, two):
    twice, stays = two
    asset, both, action = AssetFactory(), AssetFactory(), ActionFactory()
    Risk.objects.filter(pk=twice.pk).update(asset=asset)
    for risk in two:
        RiskAsset.objects.create(risk=risk, asset=both)
        RiskControl.objects.create(risk=risk, title="Locked bags")
    RiskControl.objects.create(risk=twice, title="Tracing")
    RiskControl.objects.create(risk=twice, title="Old seals", state="ended")
    ActionRisk.objects.create(risk=twice, action=action)
    IncidentRisk.objects.create(risk=twice, incident=IncidentFactory(), part="raised")
    typed = given(twice, stays, confirmed="on")
    answer = signed_in(ig_officer).post(merging(twice, stays), typed, follow=True)
    assert set(stays.asset_links.values_list("asset", flat=True)) == {asset.pk, both.pk}
    assert sorted(stays.controls.values_list("title", flat=True)) == ["Locked bags", "Tracing"]
    assert stays.action_links.get().action == action
    assert stays.incident_links.get().part == "raised"
    told = answer.content.decode()
    assert "with 1 asset, 1 control, 1 action, 1 incident" in told
    assert twice.action_links.count() == 1


def test_an_incident_that_the_merger_may_not_open_stays_with_the_duplicate(records_manager, two):
    twice, stays = two
    link = IncidentRisk.objects.create(risk=twice, incident=IncidentFactory(), part="raised")
    ActionRisk.objects.create(risk=twice, action=ActionFactory())
    answer = signed_in(records_manager).post(
        merging(twice, stays), given(twice, stays, confirmed="on"), follow=True
    )
    assert (stays.incident_links.exists(), twice.incident_links.get()) == (False, link)
    assert stays.action_links.exists()
    assert "with 1 action<" in answer.content.decode().replace("\n", "<")
    assert "incident," not in answer.content.decode()


def test_what_is_still_open_of_the_duplicate_is_asked_about_before_it_ends(ig_officer, two):
    twice, stays = two
    score(twice, 4, 4)
    ask(twice, reason="Nothing else can be done", by=ig_officer)
    browser = signed_in(ig_officer)
    assert "ends the request" in browser.get(merging(twice, stays)).content.decode()
    answer = browser.post(merging(twice, stays), given(twice, stays))
    assert "confirmed" in answer.context["form"].errors
    assert Risk.objects.get(pk=twice.pk).state == "open"
    assert browser.post(merging(twice, stays), given(twice, stays, confirmed="on")).status_code == 302


def test_what_came_to_the_duplicate_meanwhile_is_looked_at_before_it_ends(ig_officer, two):
    twice, stays = two
    typed = given(twice, stays, confirmed="on")
    IncidentRisk.objects.create(risk=twice, incident=IncidentFactory(), part="raised")
    with pytest.raises(MergeError, match="has changed since"):
        merge(twice, stays, reason="Twice", by=ig_officer, seen=typed["seen"])
    ActionRisk.objects.create(risk=twice, action=ActionFactory())
    browser = signed_in(ig_officer)
    form = browser.post(merging(twice, stays), typed).context["form"]
    assert "has changed since" in form.non_field_errors()[0]
    assert not form["confirmed"].value()
    typed["seen"] = form["seen"].value()
    assert browser.post(merging(twice, stays), typed).status_code == 302


@pytest.mark.parametrize("typed", ["IR-9999", "\x00", "x" * 13, "", "itself", "closed"])
def test_what_it_cannot_be_merged_into_is_said_at_the_field(ig_officer, two, typed):
    twice, stays = two
    Risk.objects.filter(pk=stays.pk).update(state="closed")
    asked = {"itself": twice.reference, "closed": stays.reference}.get(typed, typed)
    answer = signed_in(ig_officer).get(reverse("risks:merge", args=[twice.reference]), {"into": asked})
    assert answer.status_code == 200
    assert "into" in answer.context["form"].errors


def test_what_has_changed_since_is_looked_at_again_and_the_reason_is_kept(ig_officer, two):
    twice, stays = two
    typed = given(twice, stays)
    Risk.objects.filter(pk=stays.pk).update(title="Files left in taxis")
    browser = signed_in(ig_officer)
    answer = browser.post(merging(twice, stays), typed)
    form = answer.context["form"]
    assert "has changed since" in form.non_field_errors()[0]
    assert form["reason"].value() == "Entered twice"
    assert browser.post(merging(twice, stays), typed | {"seen": form["seen"].value()}).status_code == 302


def test_without_a_reason_nothing_is_merged(ig_officer, two):
    twice, stays = two
    answer = signed_in(ig_officer).post(merging(twice, stays), given(twice, stays, reason=" "))
    assert "reason" in answer.context["form"].errors
    assert Risk.objects.get(pk=twice.pk).state == "open"


def test_a_merged_risk_that_was_no_duplicate_is_opened_again(ig_officer, two):
    twice, stays = two
    merge(twice, stays, reason="Entered twice", by=ig_officer, seen=token_of(*two))
    browser = signed_in(ig_officer)
    assert "This was no duplicate" in browser.get(merging(twice)).content.decode()
    assert browser.post(merging(twice), {"reason": "Another train"}).url == twice.get_absolute_url()
    twice.refresh_from_db()
    assert (twice.state, twice.merged_into) == ("open", None)
    with pytest.raises(MergeError, match="open already"):
        separate(twice, reason="Again")


def test_a_reader_who_may_not_open_the_other_is_told_nothing_of_it(owner, other_owner, ig_officer):
    seen = token_of(owner.risk, other_owner.risk)
    merge(owner.risk, other_owner.risk, reason="Twice", by=ig_officer, seen=seen)
    told = page(owner, owner.risk)
    assert "another risk, which you may not open" in told
    assert other_owner.risk.reference not in told
    assert owner.risk.reference not in page(other_owner, other_owner.risk).replace(
        other_owner.risk.reference, ""
    )


def test_an_owner_merges_nothing(owner, two):
    assert signed_in(owner).post(merging(owner.risk, two[1])).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_two_merged_into_each_other_at_once_one_stays(ig_officer):
    one, other = RiskFactory(), RiskFactory()
    browsers = [signed_in(ig_officer), signed_in(ig_officer)]
    pairs = [(browsers[0], one, other), (browsers[1], other, one)]
    typed = [given(one, other), given(other, one)]

    def put_together(asked):
        (browser, this, that), said = asked
        try:
            return browser.post(merging(this, that), said).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as people:
        answers = sorted(people.map(put_together, zip(pairs, typed, strict=True)))
    assert answers == [200, 302]
    assert sorted(Risk.objects.filter(pk__in=[one.pk, other.pk]).values_list("state", flat=True)) == [
        "merged",
        "open",
    ]
