"""Entering an asset, changing it section by section, and the steps of its life."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assets.models import CLOSED, STEPS, Asset, Exemption, Function, ImpactLevel
from assets.representations.completeness import Completeness, missing
from assets.services.entry import StateError, change_state
from governance.history.trail import signed
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.factories import AssetFactory, PostFactory, UnitFactory

REASON = {"change_reason": "To put it right"}
db = pytest.mark.django_db


def address(asset, section):
    return f"{asset.get_absolute_url()}edit/{section}/"


def post(person, asset, section, **typed):
    seen = {"seen_version": asset.standing_version()}
    return signed_in(person).post(address(asset, section), seen | REASON | typed)


def entered(owner, **said):
    kept = {"title": "Allotment tenancies", "form": "data", "state": "draft"}
    return kept | {"owner": owner.pk, "unit": owner.unit_id} | said


@db
class TestEntering:
    def test_a_new_asset_gets_the_next_reference_and_says_how_it_came_in(self, ig_officer):
        AssetFactory(reference="IA-0060")
        sent = signed_in(ig_officer).post("/assets/new/", entered(PostFactory(), state="live"))
        assert sent.url == "/assets/IA-0061/"
        version = Asset.history.get(reference="IA-0061")
        assert (version.state, version.history_change_reason) == ("live", "Entered on the register")

    def test_an_owner_enters_assets_of_their_own_unit_only(self, owner):
        client = signed_in(owner)
        assert client.post("/assets/new/", entered(owner.post, state="live")).status_code == 302
        page = client.post("/assets/new/", entered(PostFactory())).content.decode()
        assert "You may enter assets of your own post or unit only" in page
        assert 'value="Allotment tenancies"' in page

    def test_a_service_manager_proposes_drafts(self):
        unit = UnitFactory()
        manager = play("manager", Role.SERVICE_MANAGER, unit)
        head = PostFactory(unit=unit)
        page = signed_in(manager).post("/assets/new/", entered(head, state="live")).content.decode()
        assert "You may propose it as a draft" in page
        assert signed_in(manager).post("/assets/new/", entered(head)).status_code == 302
        draft = Asset.objects.get()
        assert manager.has_perm("assets.change_asset", draft)
        assert not manager.has_perm("assets.change_state", draft)


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_at_once_get_two_references(ig_officer):
    said, ready = entered(PostFactory()), Barrier(4)

    def send(_):
        try:
            client = signed_in(ig_officer)
            ready.wait(timeout=60)
            return client.post("/assets/new/", said).url
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len({*pool.map(send, range(4))}) == 4
    assert Asset.objects.count() == 4


@db
class TestSections:
    @pytest.mark.parametrize(
        ("section", "typed", "said"),
        [
            ("protection", {"confidentiality": "3"}, "Give a reason for the rating of confidentiality"),
            ("protection", {"longest_outage_hours": "soon"}, "must be a number, such as 12"),
            ("openness", {"publish": "withhold"}, "Withholding needs a reason: say why"),
            ("openness", {"publish": "part", "publish_reason": "x"}, "Withholding needs an exemption"),
            (
                "openness",
                {"publish": "undecided", "dataset_address": "nowhere at all"},
                "must be a web",
            ),
            (
                "content",
                {"contains_personal_data": "False", "special_category": "on"},
                "Special category data are personal data: select Yes, or untick them",
            ),
            ("identity", {"title": "", "form": "data"}, "Enter the title"),
            ("retention", {"retention_from_day": "31", "retention_from_month": "2"}, "must include a year"),
        ],
    )
    def test_what_cannot_be_is_said_in_words_and_nothing_is_saved(self, ig_officer, section, typed, said):
        asset = AssetFactory()
        page = post(ig_officer, asset, section, **typed)
        assert page.status_code == 200
        assert said in page.content.decode()
        assert Asset.history.filter(id=asset.pk).count() == 1

    def test_a_section_that_holds_is_saved_and_leads_to_the_next(self, ig_officer):
        asset, exemption = AssetFactory(), Exemption.objects.get(code="foi-40")
        sent = post(
            ig_officer,
            asset,
            "protection",
            confidentiality="4",
            confidentiality_reason="Lives",
            next="yes",
        )
        assert sent.url == address(asset, "retention")
        post(
            ig_officer,
            asset,
            "openness",
            publish="withhold",
            publish_reason="About people",
            exemption=exemption.pk,
        )
        asset.refresh_from_db()
        assert (asset.confidentiality_id, asset.exemption) == (4, exemption)

    def test_only_what_is_offered_can_be_chosen_and_what_was_chosen_before(self, ig_officer):
        gone, kept = Function.objects.all()[:2]
        Function.objects.filter(pk__in=[gone.pk, kept.pk]).update(is_retired=True)
        asset = AssetFactory(function=kept)
        page = signed_in(ig_officer).get(address(asset, "identity")).content.decode()
        assert f'<option value="{kept.pk}" selected>' in page
        assert f'<option value="{gone.pk}"' not in page
        level = ImpactLevel.objects.get(number=2)
        ImpactLevel.objects.filter(pk=level.pk).update(is_retired=True)
        assert post(ig_officer, asset, "protection", integrity="2", integrity_reason="x").status_code == 200

    def test_two_people_in_two_sections_both_save(self, ig_officer):
        asset = AssetFactory()
        seen = asset.standing_version()
        assert post(ig_officer, asset, "sharing", recipients="Police").status_code == 302
        said = {"seen_version": seen, "title": "New title", "form": "data"} | REASON
        assert signed_in(ig_officer).post(address(asset, "identity"), said).status_code == 302
        asset.refresh_from_db()
        assert (asset.recipients, asset.title) == ("Police", "New title")

    def test_two_people_in_one_section_do_not(self, ig_officer):
        asset = AssetFactory()
        seen = asset.standing_version()
        post(ig_officer, asset, "sharing", recipients="Police")
        said = {"seen_version": seen, "recipients": "Schools"} | REASON
        page = signed_in(ig_officer).post(address(asset, "sharing"), said)
        assert page.status_code == 409
        assert "<strong>Police</strong>" in page.content.decode()

    def test_there_is_no_other_section(self, ig_officer):
        assert signed_in(ig_officer).get(address(AssetFactory(), "secrets")).status_code == 404


@db
class TestStates:
    @pytest.mark.parametrize("start", Asset.State.values)
    def test_only_the_steps_of_the_table_can_be_taken(self, ig_officer, start):
        for to in Asset.State.values:
            asset = AssetFactory(state=start)
            if to in STEPS[start]:
                assert change_state(asset, to, by=ig_officer, reason="Agreed").state == to
            else:
                with pytest.raises(StateError):
                    change_state(asset, to, by=ig_officer, reason="Agreed")

    def test_a_step_is_signed_with_its_reason(self, ig_officer):
        asset = AssetFactory()
        sent = {"to": "under_review", "reason": "The owner asks", "seen": "live"}
        assert signed_in(ig_officer).post(asset.get_absolute_url() + "state/", sent).status_code == 302
        version = Asset.history.standing().get(id=asset.pk)
        said = (version.state, version.history_change_reason, version.history_who)
        assert said == ("under_review", "The owner asks", "The ig officer")

    def test_the_page_never_disposes_or_transfers(self, ig_officer):
        asset = AssetFactory(state="to_be_disposed")
        sent = {"to": "disposed", "reason": "Gone", "seen": "to_be_disposed"}
        assert signed_in(ig_officer).post(asset.get_absolute_url() + "state/", sent).status_code == 200
        asset.refresh_from_db()
        assert asset.state == "to_be_disposed"

    def test_whoever_was_slower_is_told_where_it_stands(self, ig_officer):
        asset = AssetFactory(state="under_review")
        sent = {"to": "to_be_disposed", "reason": "Old", "seen": "live"}
        page = signed_in(ig_officer).post(asset.get_absolute_url() + "state/", sent)
        assert page.status_code == 409
        assert "is under review since you opened this page" in page.content.decode()

    @pytest.mark.parametrize("state", CLOSED)
    def test_an_entry_that_is_over_is_read_and_not_changed(self, owner, ig_officer, state):
        asset = AssetFactory(owner=owner.post, state=state)
        for person in (owner, ig_officer):
            assert signed_in(person).get(asset.get_absolute_url()).status_code == 200
            assert signed_in(person).get(address(asset, "identity")).status_code == 403
        assert not owner.has_perm("assets.change_state", asset)

    def test_a_withdrawn_entry_is_put_back_by_those_who_keep_the_register(self, ig_officer):
        asset = AssetFactory(state="withdrawn")
        page = signed_in(ig_officer).get(asset.get_absolute_url()).content.decode()
        assert "Put it back on the register" in page


@db
class TestThePage:
    def test_what_is_missing_is_named_with_the_way_to_mend_it(self, ig_officer):
        asset = AssetFactory(description="", contains_personal_data=None)
        page = signed_in(ig_officer).get(asset.get_absolute_url()).content.decode()
        complete = Completeness.of_version(asset)
        assert f"{complete} questions about this asset are answered: " in page
        for gap in missing(asset):
            assert f'href="{address(asset, gap.section)}">{gap.words}</a>' in page

    def test_whose_data_it_is_arises_only_where_there_are_personal_data(self):
        words = "Whose data it contains"
        assert words in [each.words for each in missing(AssetFactory(contains_personal_data=True))]
        assert words not in [each.words for each in missing(AssetFactory(contains_personal_data=False))]

    def test_the_worst_of_the_three_ratings_is_its_criticality(self, ig_officer):
        rated = {"confidentiality_id": 2, "integrity_id": 4, "availability_id": 1}
        reasons = {f"{name[:-3]}_reason": "x" for name in rated}
        page = signed_in(ig_officer).get(AssetFactory(**rated, **reasons).get_absolute_url())
        assert "Criticality: <strong>Severe</strong>" in page.content.decode()

    def test_a_reader_is_offered_no_change(self, siro):
        page = signed_in(siro).get(AssetFactory().get_absolute_url()).content.decode()
        assert "/edit/" not in page

    def test_the_past_shows_what_was_said_then_and_offers_no_change(self, ig_officer):
        asset = AssetFactory()
        with signed(ig_officer, reason="x"):
            asset.save()
        page = signed_in(ig_officer).get(asset.get_absolute_url() + "?as_at=2016-10-24").content.decode()
        assert "Not on the register then" in page
        assert "/edit/" not in page
