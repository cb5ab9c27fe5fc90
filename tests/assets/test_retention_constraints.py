"""What the database refuses about rules, holds and disposals, whoever writes it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from assets.models import Asset, Disposal, DisposalMethod, Hold, HoldAsset
from tests.assets.factories_retention import DisposalFactory, HoldFactory, RuleFactory
from tests.factories import AssetFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2016, 6, 1)


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write()
    assert refused.value.__cause__.diag.constraint_name.startswith(constraint)


def change(entry, **fields):
    type(entry).objects.filter(pk=entry.pk).update(**fields)


def agreement():
    """Both have agreed."""
    return {
        "owner_agreed_by": UserFactory(),
        "owner_agreed_on": DAY,
        "manager_agreed_by": UserFactory(),
        "manager_agreed_on": DAY,
    }


def execution():
    """Everything that a disposal carried out has to say."""
    return {
        "stage": "carried_out",
        "carried_out_on": DAY,
        "what": "All files",
        "volume": "12 boxes",
        "method": DisposalMethod.objects.first(),
        "carried_out_by": "Records Manager",
        "recorded_by": UserFactory(),
        "certificate": {"number": "DC-0001"},
        "fingerprint": "0" * 64,
    }


# Rules


@pytest.mark.parametrize("period", [{"months": 12 * 999 + 1}, {"months": None, "days": 36526}])
def test_a_rule_keeps_nothing_for_more_than_999_years(period):
    assert_refused("retention_rule_is_of_at_most_999_years", lambda: RuleFactory(**period))


# Holds


def test_a_hold_has_a_reference_like_the_others():
    assert_refused("hold_reference_is_like_ho_0001", lambda: HoldFactory(reference="17"))


@pytest.mark.parametrize("field", ["title", "authority"])
def test_a_hold_says_what_it_is_about_and_who_ordered_it(field):
    assert_refused("hold_says_what_and_on_whose_authority", lambda: HoldFactory(**{field: ""}))


@pytest.mark.parametrize("missing", ["lifted_by", "lifted_on", "lift_reason"])
def test_a_hold_is_lifted_by_somebody_on_a_day_with_a_reason(missing):
    lifting = {"lifted_by": UserFactory(), "lifted_on": DAY, "lift_reason": "Settled"}
    lifting[missing] = "" if missing == "lift_reason" else None
    hold = HoldFactory()
    assert_refused("hold_is_lifted_by_somebody_with_a_reason", lambda: change(hold, **lifting))


def test_a_hold_is_not_lifted_before_it_is_placed():
    hold = HoldFactory()
    assert_refused(
        "hold_is_not_lifted_before_it_is_placed",
        lambda: hold.lift(by=UserFactory(), on=date(2016, 5, 2), reason="Settled"),
    )


def test_a_hold_names_an_asset_once():
    asset = AssetFactory()
    hold = HoldFactory(assets=[asset])
    assert_refused("hold_names_an_asset_once", lambda: HoldAsset.objects.create(hold=hold, asset=asset))


def test_covering_an_asset_twice_covers_it_once():
    asset = AssetFactory()
    hold = HoldFactory(assets=[asset])
    assert hold.cover([asset]) == []
    assert hold.covers.count() == 1


def test_a_hold_that_was_lifted_stays_lifted():
    hold = HoldFactory()
    hold.lift(by=UserFactory(), on=DAY, reason="Settled")
    assert_refused(
        "hold_lifted_stays_lifted", lambda: change(hold, lifted_on=None, lifted_by=None, lift_reason="")
    )


def test_a_lifted_hold_covers_nothing_more():
    hold = HoldFactory()
    hold.lift(by=UserFactory(), on=DAY, reason="Settled")
    assert_refused("hold_lifted_covers_nothing_more", lambda: hold.cover([AssetFactory()]))


@pytest.mark.parametrize("state", ["disposed", "transferred"])
def test_what_is_gone_cannot_be_held(state):
    asset = AssetFactory(state=state)
    assert_refused("hold_comes_before_disposal", lambda: HoldFactory(assets=[asset]))


@pytest.mark.parametrize("state", ["disposed", "transferred"])
def test_what_is_held_does_not_go(state):
    asset = AssetFactory()
    HoldFactory(assets=[asset])
    assert_refused("hold_blocks_disposal", lambda: change(asset, state=state))
    change(asset, state="under_review")


def test_one_held_asset_stops_a_statement_about_many():
    assets = AssetFactory.create_batch(3, state="to_be_disposed")
    HoldFactory(assets=assets[1:2])
    assert_refused("hold_blocks_disposal", lambda: Asset.objects.update(state="disposed"))
    assert set(Asset.objects.values_list("state", flat=True)) == {"to_be_disposed"}


def test_what_was_held_may_go_once_every_hold_is_lifted():
    asset = AssetFactory(state="to_be_disposed")
    first, second = HoldFactory(assets=[asset]), HoldFactory(assets=[asset])
    first.lift(by=UserFactory(), on=DAY, reason="Settled")
    assert_refused("hold_blocks_disposal", lambda: change(asset, state="disposed"))
    second.lift(by=UserFactory(), on=DAY, reason="Settled")
    change(asset, state="disposed")


# Disposals


def test_a_disposal_has_a_reference_like_the_others():
    assert_refused("disposal_reference_is_like_di_0001", lambda: DisposalFactory(reference="17"))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("disposal_outcome_is_known", {"outcome": "lose"}),
        ("disposal_says_why", {"reason": ""}),
        ("disposal_keeps_longer_until_a_day", {"outcome": "keep"}),
        ("disposal_keeps_longer_until_a_day", {"keep_until": DAY}),
        ("disposal_owner_agreed_on_a_day", {"owner_agreed_on": DAY}),
        ("disposal_manager_agreed_on_a_day", {"manager_agreed_on": DAY}),
        ("disposal_begins_as_a_proposal", {"stage": "agreed"}),
    ],
)
def test_a_disposal_says_what_is_to_become_of_the_asset(constraint, fields):
    assert_refused(constraint, lambda: DisposalFactory(**fields))


def test_a_stage_is_one_of_those_in_the_list():
    disposal = DisposalFactory()
    assert_refused("disposal_", lambda: change(disposal, stage="lost"))


def test_nobody_agrees_as_both():
    one = UserFactory()
    disposal = DisposalFactory(owner_agreed_by=one, owner_agreed_on=DAY)
    assert_refused(
        "disposal_is_agreed_by_two_people",
        lambda: change(disposal, manager_agreed_by=one, manager_agreed_on=DAY, stage="agreed"),
    )


@pytest.mark.parametrize("alone", ["owner", "manager"])
def test_neither_agrees_alone(alone):
    disposal = DisposalFactory()
    said = {key: value for key, value in agreement().items() if key.startswith(alone)}
    change(disposal, **said)
    assert_refused("disposal_goes_on_when_both_agreed", lambda: change(disposal, stage="agreed"))


def test_what_both_agreed_to_waits_no_longer():
    disposal = DisposalFactory()
    assert_refused("disposal_goes_on_when_both_agreed", lambda: change(disposal, **agreement()))


@pytest.mark.parametrize(("outcome", "stage"), [("destroy", "kept"), ("keep", "agreed")])
def test_keeping_longer_is_kept_and_nothing_else_is(outcome, stage):
    disposal = DisposalFactory(outcome=outcome, keep_until=DAY if outcome == "keep" else None)
    assert_refused("disposal_kept_is_what_keeps_longer", lambda: change(disposal, stage=stage, **agreement()))


@pytest.mark.parametrize("missing", ["refused_by", "refused_on", "refusal"])
def test_a_disposal_is_refused_by_somebody_with_a_reason(missing):
    disposal = DisposalFactory()
    said = {"refused_by": UserFactory(), "refused_on": DAY, "refusal": "Still in use", "stage": "refused"}
    said[missing] = "" if missing == "refusal" else None
    assert_refused("disposal_is_refused_by_somebody_with_a_reason", lambda: change(disposal, **said))


@pytest.mark.parametrize(
    "missing", ["carried_out_on", "what", "volume", "method", "carried_out_by", "recorded_by", "certificate"]
)
def test_a_disposal_carried_out_says_what_when_and_how(missing):
    disposal = DisposalFactory()
    change(disposal, stage="agreed", **agreement())
    said = execution()
    said[missing] = "" if isinstance(said[missing], str) else None
    assert_refused("disposal_carried_out_says_what_when_and_how", lambda: change(disposal, **said))


def test_nothing_is_carried_out_before_it_was_agreed():
    disposal = DisposalFactory()
    assert_refused(
        "disposal_is_carried_out_after_it_was_agreed",
        lambda: change(disposal, **agreement(), **execution()),
    )


@pytest.mark.parametrize("ending", ["carried_out", "refused"])
def test_a_closed_disposal_never_changes(ending):
    disposal = DisposalFactory()
    if ending == "refused":
        change(disposal, stage="refused", refused_by=UserFactory(), refused_on=DAY, refusal="Still in use")
    else:
        change(disposal, stage="agreed", **agreement())
        change(disposal, **execution())
    assert_refused("disposal_closed_never_changes", lambda: change(disposal, reason="Another"))


@pytest.mark.parametrize("fields", [{"part": "Only the annexes"}, {"outcome": "archive"}])
def test_what_was_proposed_stays_what_is_decided(fields):
    disposal = DisposalFactory()
    assert_refused("disposal_stays_as_proposed", lambda: change(disposal, **fields))


def test_an_asset_has_one_open_disposal_for_the_same_part():
    first = DisposalFactory()
    assert_refused("disposal_is_open_once_for_an_asset_and_part", lambda: DisposalFactory(asset=first.asset))
    DisposalFactory(asset=first.asset, part="Files before 1990")


def test_a_hold_blocks_a_disposal_at_every_step():
    asset, agreed = AssetFactory(), DisposalFactory()
    proposed = DisposalFactory()
    change(agreed, stage="agreed", **agreement())
    HoldFactory(assets=[asset, agreed.asset, proposed.asset])
    assert_refused("hold_blocks_disposal", lambda: DisposalFactory(asset=asset))
    assert_refused(
        "hold_blocks_disposal", lambda: change(proposed, owner_agreed_by=UserFactory(), owner_agreed_on=DAY)
    )
    assert_refused("hold_blocks_disposal", lambda: change(agreed, **execution()))


def test_what_is_held_may_be_kept_longer_or_refused():
    held = AssetFactory()
    refused = DisposalFactory(asset=held)
    HoldFactory(assets=[held])
    change(refused, stage="refused", refused_by=UserFactory(), refused_on=DAY, refusal="A claim was made")
    kept = DisposalFactory(asset=held, outcome="keep", keep_until=date(2030, 1, 1))
    change(kept, stage="kept", **agreement())


@pytest.mark.parametrize("make", [HoldFactory, DisposalFactory])
def test_holds_and_disposals_are_never_deleted(make):
    entry = make()
    assert_refused(
        "holds_and_disposals_are_never_deleted", lambda: type(entry).objects.filter(pk=entry.pk).delete()
    )
    assert {Hold, Disposal} >= {type(entry)}


# When a period ends


def due(since, months=None, days=None, adds=False):
    with connection.cursor() as cursor:
        cursor.execute("SELECT retention_due(%s::date, %s, %s, %s)", [since, months, days, adds])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("since", "length", "expected"),
    [
        (date(2016, 2, 29), {"months": 12}, date(2017, 2, 28)),
        (date(2016, 8, 31), {"months": 6}, date(2017, 2, 28)),
        (date(2016, 1, 31), {"days": 30}, date(2016, 3, 1)),
        (date(2016, 6, 14), {"months": 72, "adds": True}, date(2023, 3, 31)),
        (date(2016, 3, 31), {"months": 72, "adds": True}, date(2022, 3, 31)),
        (date(2016, 4, 1), {"months": 72, "adds": True}, date(2023, 3, 31)),
        (date(2016, 1, 1), {"months": 72, "adds": True}, date(2022, 3, 31)),
        (date(2016, 1, 1), {}, None),
        (None, {"months": 72}, None),
        (None, {"months": 72, "adds": True}, None),
        (date(9990, 1, 1), {"months": 12 * 999}, date(9999, 12, 31)),
    ],
)
def test_when_a_period_ends(since, length, expected):
    assert due(since, **length) == expected
