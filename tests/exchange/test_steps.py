"""No file walks round the steps of an asset's life, and no undo takes back what others have built on."""

import pytest

from assets.models import Asset
from governance.exchange.importing import MovedOnError, check, commit, undo
from governance.history.trail import signed
from tests.assets.factories_quality import QualityIssueFactory
from tests.assets.factories_retention import DisposalFactory, HoldFactory
from tests.exchange.uploads import HEADINGS, brought, csv_file
from tests.factories import AssetFactory, RiskFactory

pytestmark = pytest.mark.django_db
OPEN_STATES = ("draft", "live", "under_review")
ALLOWED = {
    ("draft", "live"),
    ("live", "under_review"),
    ("under_review", "live"),
    ("to_be_disposed", "live"),
    ("to_be_disposed", "under_review"),
}


@pytest.fixture(autouse=True)
def _in_a_request(ig_officer):
    """As TrailMiddleware does for each request."""
    with signed(ig_officer):
        yield


def moving(asset, state, by):
    """A file that sets the state of an asset, checked."""
    return brought(csv_file([["Reference", "State"], [asset.reference, state]]), by)


def state_of(asset):
    return Asset.objects.values_list("state", flat=True).get(pk=asset.pk)


@pytest.mark.parametrize("start", [*OPEN_STATES, "to_be_disposed"])
@pytest.mark.parametrize("to", OPEN_STATES)
def test_a_file_takes_the_steps_of_the_table_and_no_other(ig_officer, start, to):
    asset = AssetFactory(state=start)
    batch = moving(asset, to, ig_officer)
    if start == to:
        assert batch.unchanged_count == 1
        return
    (row,) = batch.rows.all()
    assert (row.kind == "changed") is ((start, to) in ALLOWED), row.faults
    commit(batch.pk)
    assert state_of(asset) == (to if (start, to) in ALLOWED else start)


def test_a_step_that_does_not_follow_names_those_that_do(ig_officer):
    asset = AssetFactory(state="live")
    (row,) = moving(asset, "Draft", ig_officer).rows.all()
    sentence = (
        f"{asset.reference} is live: it can become under review or to be disposed or withdrawn, not draft"
    )
    assert row.faults == [["State", "", sentence]]


def test_other_fields_of_the_same_entry_need_no_step(ig_officer):
    asset = AssetFactory(state="to_be_disposed")
    DisposalFactory(asset=asset, agreed=True)
    data = csv_file([["Reference", "Title", "State"], [asset.reference, "Renamed", "To be disposed"]])
    assert brought(data, ig_officer).rows.get().patch == {"title": "Renamed"}


def test_an_agreed_disposal_settles_the_state_and_is_named(ig_officer):
    asset = AssetFactory(state="to_be_disposed")
    disposal = DisposalFactory(asset=asset, agreed=True)
    (row,) = moving(asset, "Live", ig_officer).rows.all()
    sentence = f"{disposal.reference} is open for {asset.reference}: carry it out, or refuse it first"
    assert (row.kind, row.faults) == ("error", [["State", "", sentence]])


def test_a_disposal_of_a_part_settles_nothing_of_the_whole(ig_officer):
    asset = AssetFactory(state="to_be_disposed")
    DisposalFactory(asset=asset, part="The annexes", agreed=True)
    assert moving(asset, "Live", ig_officer).rows.get().kind == "changed"


def test_a_disposal_that_is_agreed_after_the_check_stops_the_commit(ig_officer):
    """It makes no new version of an asset that was to be disposed of already."""
    asset = AssetFactory(state="to_be_disposed")
    batch = moving(asset, "Live", ig_officer)
    DisposalFactory(asset=asset, agreed=True)
    with pytest.raises(MovedOnError) as moved:
        commit(batch.pk)
    assert (moved.value.references, state_of(asset)) == ([asset.reference], "to_be_disposed")
    check(batch, ig_officer)
    assert batch.rows.get().kind == "error"


def test_a_step_in_conflict_is_looked_at_as_well(ig_officer):
    asset = AssetFactory(state="live")
    rows = [["Reference", "Version", "State"], [asset.reference, asset.standing_version(), "Draft"]]
    Asset.objects.filter(pk=asset.pk).update(state="under_review")
    (row,) = brought(csv_file(rows), ig_officer).rows.all()
    assert (row.kind, row.faults[0][0]) == ("error", "State")


@pytest.mark.parametrize("count", [10, 200])
def test_many_steps_take_as_many_queries_as_few(ig_officer, count, django_assert_max_num_queries):
    assets = AssetFactory.create_batch(count, state="live")
    rows = [[asset.reference, "Under review"] for asset in assets]
    batch = brought(csv_file([["Reference", "State"], *rows]), ig_officer)
    with django_assert_max_num_queries(13):
        check(batch, ig_officer)
    with django_assert_max_num_queries(15):
        commit(batch.pk)


# Undoing


def entered(owner, by, *titles):
    """A batch of new assets, committed, and the assets."""
    rows = [["", title, "Paper", owner.post.code, owner.post.unit.code] for title in titles]
    batch = brought(csv_file([HEADINGS, *rows]), by)
    commit(batch.pk)
    return batch, [Asset.objects.get(title=title) for title in titles]


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda asset: HoldFactory(assets=[asset]), "hold assets"),
        (lambda asset: RiskFactory(asset=asset), "risks"),
        (lambda asset: QualityIssueFactory(asset=asset), "quality issues"),
        (lambda asset: AssetFactory(part_of=asset, reference="IA-9000"), "assets"),
        (lambda asset: DisposalFactory(asset=asset), "disposals"),
    ],
    ids=["hold", "risk", "issue", "part", "disposal"],
)
def test_undo_leaves_and_names_a_new_entry_on_which_others_rely(ig_officer, owner, make, named):
    batch, (built_on, alone) = entered(owner, ig_officer, "Built on", "Alone")
    make(built_on)
    assert undo(batch.pk) == 1
    assert (state_of(built_on), state_of(alone)) == ("live", "withdrawn")
    (kept,) = batch.rows.get(entry_id=built_on.pk).kept
    assert kept.startswith("State (named since by ")
    assert named in kept


def test_two_new_entries_of_one_file_that_name_each_other_both_go(ig_officer, owner):
    batch, (whole, part) = entered(owner, ig_officer, "Whole", "Part")
    second = brought(csv_file([["Reference", "Part of"], [part.reference, whole.reference]]), ig_officer)
    commit(second.pk)
    undo(second.pk)
    assert undo(batch.pk) == 1  # the part was changed since, and changed back: two versions more
    assert (state_of(whole), state_of(part)) == ("withdrawn", "live")


def test_undo_takes_no_step_that_the_table_does_not_allow_and_gives_the_rest_back(ig_officer):
    asset = AssetFactory(state="draft", title="Before")
    data = csv_file([["Reference", "Title", "State"], [asset.reference, "After", "Live"]])
    batch = brought(data, ig_officer)
    commit(batch.pk)
    assert undo(batch.pk) == 1
    asset.refresh_from_db()
    assert (asset.title, asset.state) == ("Before", "live")
    (kept,) = batch.rows.get().kept
    assert kept.startswith(f"State ({asset.reference} is live: it can become")


def test_undo_takes_a_step_back_that_is_allowed(ig_officer):
    asset = AssetFactory(state="live")
    batch = moving(asset, "Under review", ig_officer)
    commit(batch.pk)
    assert undo(batch.pk) == 0
    assert state_of(asset) == "live"


def test_undo_leaves_alone_what_the_register_kept_in_a_conflict(ig_officer):
    """The field is as its default since, which the batch never wrote."""
    asset = AssetFactory(title="Before", description="Before")
    rows = [["Reference", "Version", "Title", "Description"]]
    rows += [[asset.reference, asset.standing_version(), "From the file", "From the file"]]
    Asset.objects.filter(pk=asset.pk).update(description="From a page")
    batch = brought(csv_file(rows), ig_officer)
    batch.rows.update(choice="register")
    commit(batch.pk)
    Asset.objects.filter(pk=asset.pk).update(description="")
    assert undo(batch.pk) == 0
    asset.refresh_from_db()
    assert (asset.title, asset.description) == ("Before", "")
