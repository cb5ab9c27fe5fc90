"""What the database refuses about assets and what they choose from, whoever writes it."""

import pytest
from django.db import IntegrityError, connection, transaction

from assets.models import CLOSED, STEPS, Asset, Exemption, Function, ImpactLevel, OldMarking
from tests.assets.factories import KeepingFactory, LocationFactory, SystemFactory
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def assert_stopped(constraint, write):
    """Like assert_refused, for a rule that a trigger keeps: its name is beside its sentence, not in it."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write()
    assert refused.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("asset_reference_is_like_ia_0042", {"reference": "IA-1"}),
        ("asset_has_a_title", {"title": ""}),
        ("asset_form_is_known", {"form": "stone"}),
        ("asset_state_is_known", {"state": "lost"}),
        (
            "asset_sensitive_data_are_personal_data",
            {"contains_personal_data": False, "special_category": True},
        ),
        (
            "asset_sensitive_data_are_personal_data",
            {"contains_personal_data": None, "special_category": True},
        ),
        (
            "asset_sensitive_data_are_personal_data",
            {"contains_personal_data": None, "criminal_offence": True},
        ),
        ("asset_publish_decision_is_known", {"publish": "perhaps"}),
        ("asset_withheld_with_reason_and_exemption", {"publish": "withhold", "publish_reason": "Personal"}),
        ("asset_withheld_with_reason_and_exemption", {"publish": "part"}),
        ("asset_stars_are_0_to_5", {"stars": 6}),
        ("asset_confidentiality_is_rated_with_a_reason", {"confidentiality_id": 1}),
        ("asset_integrity_is_rated_with_a_reason", {"integrity_id": 1}),
        ("asset_availability_is_rated_with_a_reason", {"availability_id": 1}),
    ],
)
def test_an_asset_is_refused_that_breaks_a_rule(constraint, said):
    assert_refused(constraint, lambda: AssetFactory(**said))


def test_withholding_without_a_reason_is_refused_even_with_an_exemption():
    assert_refused(
        "asset_withheld_with_reason_and_exemption",
        lambda: AssetFactory(publish="withhold", exemption=Exemption.objects.first()),
    )


@pytest.mark.parametrize("state", CLOSED)
@pytest.mark.parametrize(
    "said", [{"title": "Another"}, {"publish": "publish"}, {"is_key": True}, {"contains_personal_data": None}]
)
def test_what_is_over_stays_as_it_is(state, said):
    asset = AssetFactory(state=state, contains_personal_data=False)
    same = Asset.objects.filter(pk=asset.pk)
    assert_stopped("asset_that_is_over_stays_as_it_is", lambda: same.update(**said))
    assert same.update(title=asset.title) == 1


def test_what_was_withdrawn_is_changed_once_it_is_live_again_and_not_with_the_step():
    asset = AssetFactory(state="withdrawn")
    same = Asset.objects.filter(pk=asset.pk)
    assert_stopped("asset_that_is_over_stays_as_it_is", lambda: same.update(state="live", title="Another"))
    same.update(state="live")
    assert same.update(title="Another") == 1


@pytest.mark.parametrize("start", Asset.State.values)
def test_only_a_step_of_the_table_leads_out_of_what_is_over_or_to_what_a_certificate_settles(start):
    for to in set(Asset.State.values) - {start, *STEPS[start]}:
        same = Asset.objects.filter(pk=AssetFactory(state=start).pk)
        if start in CLOSED or to in ("disposed", "transferred"):
            assert_stopped("asset_takes_allowed_steps", lambda same=same, to=to: same.update(state=to))
    for to in STEPS[start]:
        assert Asset.objects.filter(pk=AssetFactory(state=start).pk).update(state=to) == 1


@pytest.mark.parametrize("kin", ["part_of", "duplicate_of"])
def test_an_asset_is_no_part_and_no_duplicate_of_itself(kin):
    asset = AssetFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Asset.objects.filter(pk=asset.pk).update(**{kin: asset})


def test_a_golden_record_duplicates_nothing():
    with pytest.raises(IntegrityError), transaction.atomic():
        AssetFactory(is_golden=True, duplicate_of=AssetFactory())


def test_a_place_is_named_once_for_an_asset():
    kept = KeepingFactory()
    assert_refused(
        "keeping_names_a_place_once", lambda: KeepingFactory(asset=kept.asset, location=kept.location)
    )


@pytest.mark.parametrize(
    ("constraint", "make"),
    [
        ("system_has_code_and_name", lambda: SystemFactory(name="")),
        ("system_in_the_cloud_names_its_country", lambda: SystemFactory(hosting="cloud")),
        ("location_has_code_and_name", lambda: LocationFactory(code="")),
        ("location_in_the_cloud_names_its_country", lambda: LocationFactory(kind="cloud")),
        ("function_has_code_and_name", lambda: Function.objects.create(code="", name="Nothing")),
        ("old_marking_has_a_word", lambda: OldMarking.objects.create(word="", marking_id=1)),
    ],
)
def test_what_assets_choose_from_has_code_and_name_and_the_cloud_a_country(constraint, make):
    assert_refused(constraint, make)


def test_a_level_that_an_asset_is_rated_with_keeps_its_number():
    level = ImpactLevel.objects.get(number=4)
    AssetFactory(integrity=level, integrity_reason="It decides who is paid")

    def renumber():
        ImpactLevel.objects.filter(pk=level.pk).update(number=9)
        connection.check_constraints()

    assert_refused("assets_asset_integrity_id", renumber)
