"""What the database refuses about partners, agreements and contracts, whoever writes it."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from assets.models import Agreement, ComplianceReview, FormerName, Partner, SharingPeriods
from tests.assets.factories_sharing import (
    AgreementAssetFactory,
    AgreementFactory,
    AgreementPartnerFactory,
    ContractAssetFactory,
    ContractFactory,
    PartnerFactory,
)
from tests.factories import PostFactory, UserFactory

pytestmark = pytest.mark.django_db
A_DAY = date(2016, 3, 31)


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("agreement_reference_is_like_sa_0001", {"reference": "SA-1"}),
        ("agreement_has_a_title", {"title": ""}),
        ("agreement_has_a_title", {"version": ""}),
        ("agreement_tier_is_1_or_2", {"tier": 3}),
        ("agreement_state_is_known", {"state": "asleep"}),
        ("agreement_in_force_says_why_from_when_and_when_reviewed", {"purpose": ""}),
        ("agreement_in_force_says_why_from_when_and_when_reviewed", {"lawful_basis": ""}),
        ("agreement_in_force_says_why_from_when_and_when_reviewed", {"from_on": None}),
        ("agreement_in_force_says_why_from_when_and_when_reviewed", {"review_on": None}),
        ("agreement_ended_says_when_and_why", {"state": "ended", "until_on": date(2020, 1, 1)}),
        ("agreement_ended_says_when_and_why", {"state": "ended", "ended_reason": "Over"}),
        ("agreement_ends_and_is_reviewed_after_it_begins", {"until_on": A_DAY}),
        ("agreement_ends_and_is_reviewed_after_it_begins", {"review_on": A_DAY}),
        ("agreement_is_reviewed_in_our_time", {"review_on": date(2200, 1, 1)}),
        ("agreement_on_consent_says_where_it_is_recorded", {"relies_on_consent": True}),
        ("agreement_approval_names_body_and_day", {"approving_body": "Cabinet"}),
        ("agreement_approval_names_body_and_day", {"approved_on": A_DAY}),
        ("agreement_signed_off_for_legal_by_a_post_on_a_day", {"legal_on": A_DAY}),
        ("agreement_signed_off_for_information_by_a_post_on_a_day", {"information_on": A_DAY}),
    ],
)
def test_an_agreement_is_refused(constraint, fields):
    assert_refused(constraint, lambda: AgreementFactory(**fields))


@pytest.mark.parametrize("team", ["legal", "information"])
def test_a_sign_off_by_a_post_has_a_day(team):
    assert_refused(
        f"agreement_signed_off_for_{team}_by_a_post_on_a_day",
        lambda: AgreementFactory(**{f"{team}_post": PostFactory()}),
    )


def test_a_protocol_stands_under_no_other():
    above = AgreementFactory(tier=1)
    assert_refused("agreement_protocol_stands_under_nothing", lambda: AgreementFactory(tier=1, under=above))


def test_an_agreement_does_not_stand_under_itself():
    agreement = AgreementFactory()
    assert_refused(
        "agreement_protocol_stands_under_nothing",
        lambda: Agreement.objects.filter(pk=agreement.pk).update(under=agreement),
    )


def test_an_agreement_names_a_partner_once():
    link = AgreementPartnerFactory()
    assert_refused(
        "agreement_names_a_partner_once",
        lambda: AgreementPartnerFactory(agreement=link.agreement, partner=link.partner),
    )


@pytest.mark.parametrize("fields", [{"signed_on": A_DAY}, {"signed_version": "1.0"}])
def test_who_signs_signs_a_version_on_a_day(fields):
    assert_refused("agreement_is_signed_in_a_version_on_a_day", lambda: AgreementPartnerFactory(**fields))


def test_an_agreement_covers_an_asset_once():
    link = AgreementAssetFactory()
    assert_refused(
        "agreement_covers_an_asset_once",
        lambda: AgreementAssetFactory(agreement=link.agreement, asset=link.asset),
    )


@pytest.mark.parametrize("fields", [{"name": ""}, {"code": ""}])
def test_a_partner_has_a_code_and_a_name(fields):
    assert_refused("partner_has_code_and_name", lambda: PartnerFactory(**fields))


def test_a_partner_is_succeeded_once_it_ceased():
    assert_refused(
        "partner_has_a_successor_once_it_ceased", lambda: PartnerFactory(succeeded_by=PartnerFactory())
    )


def test_a_partner_does_not_succeed_itself():
    partner = PartnerFactory(abolished_on=A_DAY)
    assert_refused(
        "partner_does_not_succeed_itself",
        lambda: Partner.objects.filter(pk=partner.pk).update(succeeded_by=partner),
    )


def test_a_partner_gives_up_one_name_a_day():
    partner = PartnerFactory()
    FormerName.objects.create(partner=partner, name="Old", until_on=A_DAY)
    assert_refused(
        "partner_gives_up_one_name_a_day",
        lambda: FormerName.objects.create(partner=partner, name="Older", until_on=A_DAY),
    )


def test_a_former_name_is_a_name():
    assert_refused(
        "former_name_is_a_name",
        lambda: FormerName.objects.create(partner=PartnerFactory(), name="", until_on=A_DAY),
    )


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("contract_reference_is_like_pc_0001", {"reference": "SA-0001"}),
        ("contract_has_a_title", {"title": ""}),
        ("contract_ends_after_it_begins", {"until_on": A_DAY}),
        ("contract_due_diligence_has_words_and_a_day", {"due_diligence": "ISO 27001"}),
        ("contract_due_diligence_has_words_and_a_day", {"due_diligence_on": A_DAY}),
        ("contract_without_terms_says_what_is_missing", {"has_terms": False}),
    ],
)
def test_a_contract_is_refused(constraint, fields):
    assert_refused(constraint, lambda: ContractFactory(**fields))


def test_a_contract_covers_an_asset_once():
    link = ContractAssetFactory()
    assert_refused(
        "contract_covers_an_asset_once",
        lambda: ContractAssetFactory(contract=link.contract, asset=link.asset),
    )


def test_a_compliance_review_says_what_is_wrong():
    assert_refused(
        "compliance_review_says_what_is_wrong",
        lambda: ComplianceReview.objects.create(
            contract=ContractFactory(), reviewed_on=A_DAY, complies=False, recorded_by=UserFactory()
        ),
    )


def test_a_compliance_review_is_never_changed():
    review = ComplianceReview.objects.create(
        contract=ContractFactory(), reviewed_on=A_DAY, complies=True, recorded_by=UserFactory()
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        ComplianceReview.objects.filter(pk=review.pk).update(complies=False)


def test_the_periods_of_sharing_are_one_row():
    assert_refused("assets_sharingperiods_is_the_one_key", SharingPeriods.objects.create)
    assert_refused("sharing_periods_is_one_row", lambda: SharingPeriods.objects.update(is_the_one=False))


def test_the_periods_of_sharing_are_at_most_five_years():
    assert_refused(
        "sharing_periods_are_at_most_five_years", lambda: SharingPeriods.objects.update(warn_months=61)
    )
