"""Keeping the record of processing activities on its pages."""

import pytest
from django.urls import reverse

from assets.models import ActivityAsset, LawfulBasis, ProcessingActivity, ScheduleCondition
from assets.representations.article_30 import missing, missing_facts
from assets.services import processing
from assets.services.processing import IncompleteError
from governance.figures.moment import Moment, Scope
from tests.assets.factories_processing import (
    ActivityFactory,
    LinkFactory,
    ProcessorFactory,
    TransferFactory,
)
from tests.assets.test_processing_constraints import TAKING_AWAY
from tests.cast import signed_in
from tests.factories import AssetFactory, PostFactory

pytestmark = pytest.mark.django_db


def edit(person, activity, section, **typed):
    """Post a section as it stands, with some fields typed anew."""
    client = signed_in(person)
    address = reverse("assets:edit_activity", args=[activity.reference, section])
    form = client.get(address).context["form"]
    ticked = [
        bound for bound in form if bound.value() or (bound.value() is False and bound.kind != "checkbox")
    ]
    posted = {bound.html_name: bound.value() for bound in ticked}
    return client.post(address, {**posted, "change_reason": "Looked at again", **typed})


def page_of(person, activity):
    return signed_in(person).get(activity.get_absolute_url()).content.decode()


def test_what_is_missing_is_what_the_database_refuses():
    for name, fields in TAKING_AWAY.items():
        activity = ActivityFactory(state="draft")
        assert missing_facts(activity) == [], name
        basis = fields.get("basis")
        for field, value in fields.items():
            setattr(
                activity, f"{field}_id" if field == "basis" else field, basis if field == "basis" else value
            )
        assert [each.field for each in missing_facts(activity)] == [name]


def test_an_activity_is_entered_as_a_draft_under_the_next_reference(ig_officer):
    ActivityFactory(reference="PA-0041")
    post = PostFactory()
    made = signed_in(ig_officer).post(
        reverse("assets:new_activity"),
        {"title": "Council tax", "capacity": "controller", "unit": post.unit_id, "owner": post.pk},
    )
    activity = ProcessingActivity.objects.get(title="Council tax")
    assert made["Location"] == activity.get_absolute_url()
    assert (activity.reference, activity.state) == ("PA-0042", "draft")


def test_an_activity_begun_from_an_asset_works_with_it(ig_officer):
    asset = AssetFactory(special_category=True, data_subjects="Tenants")
    address = reverse("assets:new_activity") + f"?asset={asset.reference}"
    assert asset.title in signed_in(ig_officer).get(address).content.decode()
    signed_in(ig_officer).post(
        address,
        {"title": "Lettings", "capacity": "controller", "unit": asset.unit_id, "owner": asset.owner_id},
    )
    activity = ActivityAsset.objects.get(asset=asset).activity
    assert (activity.special_category, activity.data_subjects) == (True, "Tenants")


def test_an_owner_enters_activities_of_the_own_unit_only(owner, other_owner):
    typed = {"title": "Ours", "capacity": "controller", "unit": owner.post.unit_id, "owner": owner.post.pk}
    theirs = typed | {"unit": other_owner.post.unit_id, "owner": other_owner.post.pk}
    refused = signed_in(owner).post(reverse("assets:new_activity"), theirs)
    assert "You could not change it any more" in refused.content.decode()
    signed_in(owner).post(reverse("assets:new_activity"), typed)
    assert [each.owner_id for each in ProcessingActivity.objects.all()] == [owner.post.pk]


def test_a_section_is_changed_with_a_reason(ig_officer):
    activity = ActivityFactory()
    assert edit(ig_officer, activity, "data", purposes="To house people").status_code == 302
    activity.refresh_from_db()
    assert activity.purposes == "To house people"
    assert "Looked at again" in page_of(ig_officer, activity)


def test_changing_nothing_needs_no_reason_and_leaves_no_history(ig_officer):
    activity = ActivityFactory()
    for section in ("identity", "data", "lawfulness", "individuals", "protection"):
        assert edit(ig_officer, activity, section, change_reason="").status_code == 302, section
    assert activity.history.count() == 1


def test_a_stale_section_is_a_conflict(ig_officer):
    activity = ActivityFactory()
    seen = activity.standing_version()
    ProcessingActivity.objects.filter(pk=activity.pk).update(purposes="Theirs")
    page = edit(ig_officer, activity, "data", purposes="Mine", seen_version=seen)
    assert page.status_code == 409
    assert "Theirs" in page.content.decode()


def test_a_live_activity_stays_complete(ig_officer):
    activity = ActivityFactory()
    page = edit(ig_officer, activity, "data", purposes="").content.decode()
    assert "Enter the purposes" in page
    activity.refresh_from_db()
    assert activity.purposes == "To run the service"


@pytest.mark.parametrize(
    ("section", "typed", "words"),
    [
        ("lawfulness", {"basis": "consent"}, "Say where consent is recorded"),
        (
            "lawfulness",
            {"basis": "recognised-legitimate-interest"},
            "Choose the recognised legitimate interest",
        ),
        ("lawfulness", {"follows_policy": "False"}, "Say why it is not kept and erased in line"),
        ("lawfulness", {"basis": "no-such"}, "from the list"),
        ("data", {"special_category": "on"}, "Choose an Article 9 condition"),
        ("identity", {"capacity": "processor"}, "The lawful basis is the controller"),
        ("individuals", {"automated_decisions": "True"}, "Say what is decided automatically"),
        ("protection", {"transfers_abroad": ""}, "Say whether data are sent outside"),
    ],
)
def test_what_does_not_go_together_is_said_in_a_sentence(ig_officer, section, typed, words):
    page = edit(ig_officer, ActivityFactory(), section, **typed)
    assert page.status_code == 200
    assert words in page.content.decode(), page.context["form"].errors


def test_a_condition_that_needs_a_policy_document_asks_for_it(ig_officer):
    activity = ActivityFactory()
    fraud = ScheduleCondition.objects.get(code="paragraph-14")
    page = edit(ig_officer, activity, "lawfulness", conditions=[fraud.pk]).content.decode()
    assert "Name the appropriate policy document for “Preventing fraud”" in page
    edit(ig_officer, activity, "lawfulness", conditions=[fraud.pk], policy_document="APD 3")
    assert [link.condition for link in activity.condition_links.all()] == [fraud]
    edit(ig_officer, activity, "lawfulness", conditions=[])
    assert not activity.condition_links.exists()


def test_a_draft_goes_live_once_it_is_complete(ig_officer):
    activity = ActivityFactory(state="draft", purposes="")
    address = reverse("assets:go_live", args=[activity.reference])
    client = signed_in(ig_officer)
    assert "Enter the purposes" in client.post(address, {"reason": "Ready"}).content.decode()
    ProcessingActivity.objects.filter(pk=activity.pk).update(purposes="To house people")
    client.post(address, {"reason": "Ready"})
    activity.refresh_from_db()
    assert activity.state == "live"


def test_an_activity_ends_and_can_live_again(ig_officer):
    activity = ActivityFactory()
    client = signed_in(ig_officer)
    ended = {"on_day": "1", "on_month": "3", "on_year": "2016", "reason": "Moved to the county"}
    client.post(reverse("assets:end_activity", args=[activity.reference]), ended)
    activity.refresh_from_db()
    assert (activity.state, str(activity.ended_on)) == ("ended", "2016-03-01")
    client.post(reverse("assets:go_live", args=[activity.reference]), {"reason": "Came back"})
    activity.refresh_from_db()
    assert (activity.state, activity.ended_on) == ("live", None)


def test_a_live_activity_for_others_names_each_controller(ig_officer):
    activity = ProcessorFactory()
    served = activity.controllers.get()
    address = reverse("assets:remove_row", args=[activity.reference, "controllers", served.pk])
    page = signed_in(ig_officer).post(address, follow=True).content.decode()
    assert "Nothing was removed" in page
    assert activity.controllers.exists()


def test_a_transfer_needs_its_safeguard_and_assessment(ig_officer):
    activity = ActivityFactory(state="draft", transfers_abroad=True)
    assert [each.words for each in missing(activity)] == ["Name each country that data are sent to"]
    transfer = TransferFactory(activity=activity, safeguard=None)
    assert [each.words for each in missing(activity)] == [f"Choose the safeguard for {transfer}"]
    client, address = (
        signed_in(ig_officer),
        reverse("assets:change_row", args=[activity.reference, "transfers", transfer.pk]),
    )
    form = client.get(address).context["form"]
    idta = next(key for key, words in form.fields["safeguard"].choices if "International" in str(words))
    posted = {"country": "India", "safeguard": str(idta), "seen_version": transfer.standing_version()}
    assert client.post(address, posted).status_code == 302
    assert [each.words for each in missing(activity)] == ["Give the transfer risk assessment for India"]


def test_rows_of_another_kind_are_not_there(ig_officer):
    activity = ActivityFactory()
    for kind in ("history", "condition_links"):
        address = reverse("assets:new_row", args=[activity.reference, kind])
        assert signed_in(ig_officer).get(address).status_code == 404


def test_an_asset_is_linked_by_its_reference_once(ig_officer):
    activity, asset = ActivityFactory(), AssetFactory()
    client, address = signed_in(ig_officer), reverse("assets:new_row", args=[activity.reference, "assets"])
    assert "There is no asset IA-9999" in client.post(address, {"reference": "IA-9999"}).content.decode()
    assert client.post(address, {"reference": asset.reference.lower()}).status_code == 302
    assert "is linked already" in client.post(address, {"reference": asset.reference}).content.decode()
    assert asset.title in page_of(ig_officer, activity)


def test_an_owner_links_no_asset_that_they_may_not_open(owner, other_owner):
    activity = ActivityFactory(owner=owner.post)
    address = reverse("assets:new_row", args=[activity.reference, "assets"])
    page = signed_in(owner).post(address, {"reference": other_owner.asset.reference}).content.decode()
    assert "that you may open" in page
    LinkFactory(activity=activity, asset=other_owner.asset)
    assert other_owner.asset.title not in page_of(owner, activity)
    assert "And 1 that you may not open." in page_of(owner, activity)


def test_an_asset_with_personal_data_says_that_it_is_not_in_the_ropa(ig_officer):
    asset = AssetFactory(contains_personal_data=True)
    assert "Not in the ROPA" in page_of(ig_officer, asset)
    link = LinkFactory(asset=asset)
    page = page_of(ig_officer, asset)
    assert "Not in the ROPA" not in page
    assert link.activity.title in page


def test_the_register_is_found_by_basis_and_state(ig_officer):
    task = ActivityFactory()
    consent = ActivityFactory(basis=LawfulBasis.objects.get(code="consent"), consent_record="Forms")
    draft = ActivityFactory(state="draft")
    client = signed_in(ig_officer)

    def found(**query):
        page = client.get(reverse("assets:activities"), query).content.decode()
        return [each.reference for each in (task, consent, draft) if f">{each.reference}<" in page]

    assert found() == [task.reference, consent.reference, draft.reference]
    assert found(basis="consent") == [consent.reference]
    assert found(state="draft") == [draft.reference]


@pytest.mark.parametrize("number", [3, 60])
def test_the_register_asks_the_same_few_questions_whatever_its_size(
    ig_officer, django_assert_max_num_queries, number
):
    post = PostFactory()
    ActivityFactory.create_batch(number, owner=post)
    client = signed_in(ig_officer)
    client.get(reverse("assets:activities"))
    with django_assert_max_num_queries(12):
        client.get(reverse("assets:activities"))


def test_an_incomplete_draft_does_not_go_live_by_any_way():
    activity = ProcessorFactory(state="draft", security="")
    with pytest.raises(IncompleteError, match="Describe the security measures"):
        processing.go_live(activity, reason="Ready")


def test_the_past_page_shows_the_activity_as_it_was(ig_officer):
    activity = ActivityFactory()
    page = signed_in(ig_officer).get(activity.get_absolute_url(), {"as_at": "2016-10-24"}).content.decode()
    assert "Not on the register then" in page


def test_coverage_is_two_figures_that_make_up_the_assets_with_personal_data():
    from assets.figures import dpia, with_personal_data

    LinkFactory()
    LinkFactory(activity=ActivityFactory(state="draft"))
    AssetFactory()
    AssetFactory(contains_personal_data=False)
    now, everything = Moment.now(), Scope()
    covered, bare = dpia.in_ropa.value(now, everything), dpia.without_ropa.value(now, everything)
    assert (covered, bare) == (1, 2)
    assert covered + bare == with_personal_data.value(now, everything)
