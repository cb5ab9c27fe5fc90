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
)
from tests.cast import play

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
