"""Who sees which agreements, contracts and obligations; who changes them."""

import pytest

from assets.models import Agreement, Obligation, ProcessorContract
from governance.people.models import Role
from tests.assets.factories_sharing import (
    AgreementAssetFactory,
    AgreementFactory,
    ContractAssetFactory,
    ContractFactory,
    ObligationFactory,
    PublicationFactory,
)
from tests.cast import play, signed_in

pytestmark = pytest.mark.django_db
KINDS = [
    (Agreement, AgreementFactory, "agreement"),
    (ProcessorContract, ContractFactory, "contract"),
    (Obligation, ObligationFactory, "obligation"),
]
each_kind = pytest.mark.parametrize(("model", "factory", "thing"), KINDS, ids=[kind[2] for kind in KINDS])


def seen(model, person):
    return set(model.objects.visible_to(person))


@each_kind
@pytest.mark.parametrize(
    ("who", "all_of_them"),
    [
        (Role.IG_OFFICER, True),
        (Role.RECORDS_MANAGER, True),
        (Role.SIRO, True),
        (Role.DPO, True),
        (Role.INTERNAL_AUDITOR, True),
        (Role.COMMITTEE_OFFICER, True),
        (Role.ADMINISTRATOR, False),
        (Role.PORTFOLIO_HOLDER, False),
        ("outsider", False),
        ("other_owner", False),
    ],
)
def test_who_sees_what_an_owner_keeps(cast, model, factory, thing, who, all_of_them):
    entry = factory(owner=cast["owner"].post)
    assert seen(model, cast["owner"]) == {entry}
    assert (entry in seen(model, cast[who])) is all_of_them
    assert cast[who].has_perm(f"assets.view_{thing}", entry) is all_of_them


@each_kind
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("owner", True),
        (Role.IG_OFFICER, True),
        (Role.RECORDS_MANAGER, True),
        (Role.SIRO, False),
        (Role.DPO, False),
        (Role.INTERNAL_AUDITOR, False),
        ("other_owner", False),
        ("outsider", False),
    ],
)
def test_who_changes_what_an_owner_keeps(cast, model, factory, thing, who, may):
    entry = factory(owner=cast["owner"].post)
    assert cast[who].has_perm(f"assets.change_{thing}", entry) is may


@each_kind
@pytest.mark.parametrize(
    ("role", "sees", "changes"),
    [(Role.IAA, True, True), (Role.SERVICE_MANAGER, True, False), (Role.DIRECTOR_APPROVER, False, False)],
)
def test_what_a_unit_keeps_is_seen_in_the_unit(owner, model, factory, thing, role, sees, changes):
    entry = factory(owner=owner.post)
    person = play("somebody", role, owner.post.unit)
    assert (entry in seen(model, person)) is sees
    assert person.has_perm(f"assets.change_{thing}", entry) is changes


def test_whoever_may_open_an_asset_sees_the_agreements_and_contracts_that_name_it(owner, other_owner):
    agreement = AgreementAssetFactory(asset=owner.asset).agreement
    contract = ContractAssetFactory(asset=owner.asset).contract

    assert seen(Agreement, owner) == {agreement}
    assert seen(ProcessorContract, owner) == {contract}
    assert not owner.has_perm("assets.change_agreement", agreement)
    assert seen(Agreement, other_owner) == seen(ProcessorContract, other_owner) == set()


def test_what_does_not_apply_to_the_council_cannot_be_published(ig_officer):
    without = ObligationFactory(applies=False, applies_reason="The council has no housing")
    assert not ig_officer.has_perm("assets.record_publication", without)
    assert ig_officer.has_perm("assets.record_publication", ObligationFactory())


def test_what_no_post_answers_for_is_kept_by_the_officers_alone(cast):
    shipped = Obligation.objects.get(reference="TC-0001")
    assert shipped.owner is None
    assert cast["ig_officer"].has_perm("assets.change_obligation", shipped)
    assert not cast["owner"].has_perm("assets.change_obligation", shipped)


def test_who_may_change_an_entry_finds_the_ways_on_its_page_and_nobody_else(owner, ig_officer, auditor):
    agreement = AgreementAssetFactory(agreement__owner=owner.post, asset=owner.asset).agreement
    contract = ContractAssetFactory(contract__owner=owner.post, asset=owner.asset).contract
    obligation = PublicationFactory(obligation__owner=owner.post).obligation
    ways = {
        agreement: ("edit/dates/", "partners/", "assets/"),
        contract: ("edit/", "review/", "assets/"),
        obligation: ("edit/", "publish/", "publications/"),
    }
    for entry, parts in ways.items():
        for person in (owner, ig_officer):
            page = signed_in(person).get(entry.get_absolute_url()).content.decode()
            assert all(f"{entry.get_absolute_url()}{part}" in page for part in parts), entry
        page = signed_in(auditor).get(entry.get_absolute_url()).content.decode()
        assert not any(f"{entry.get_absolute_url()}{part}" in page for part in parts), entry


def test_the_page_of_an_asset_names_its_agreements_and_contracts(owner):
    agreement = AgreementAssetFactory(asset=owner.asset).agreement
    contract = ContractAssetFactory(asset=owner.asset).contract
    page = signed_in(owner).get(owner.asset.get_absolute_url()).content.decode()
    assert agreement.get_absolute_url() in page
    assert contract.get_absolute_url() in page
