"""A file that makes entries public says before how many."""

import pytest

from assets.models import Marking
from assets.representations.public import public
from governance.exchange.importing import commit
from governance.exchange.models import Batch, BatchRow
from governance.exchange.representations.opening import becoming_public
from governance.history.trail import signed
from tests.cast import signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of
from tests.factories import AssetFactory, RiskFactory

pytestmark = pytest.mark.django_db
PUBLISHING = [*HEADINGS, "Publish decision", "Protective marking"]


@pytest.fixture(autouse=True)
def _in_a_request(ig_officer):
    """As TrailMiddleware does for each request."""
    with signed(ig_officer):
        yield


def page_of(person, batch):
    return signed_in(person).get(f"/exchange/imports/{batch.pk}/").content.decode()


def test_new_and_changed_rows_that_become_public_are_counted_before_the_commit(ig_officer, owner):
    official = Marking.objects.get(code="official")
    shown = AssetFactory(owner=owner.post, publish="publish", marking=official)
    marked = AssetFactory(owner=owner.post, publish="publish")
    new = ["", "Allotments", "Paper", owner.post.code, owner.post.unit.code]
    rows = [
        [*row_of(owner.asset), "Publish", "OFFICIAL"],
        [*row_of(marked), "Publish", "OFFICIAL"],
        [*row_of(shown, title="Renamed"), "Publish", "OFFICIAL"],
        [*new, "Publish", "OFFICIAL"],
        [*new, "Publish", "OFFICIAL-SENSITIVE"],
        [*new, "", "OFFICIAL"],
    ]
    batch = brought(csv_file([PUBLISHING, *rows]), ig_officer)
    assert batch.rows.counts()["error"] == 0
    before = public().count()
    assert becoming_public(batch) == 3
    assert "3 of these become public at once" in page_of(ig_officer, batch)
    commit(batch.pk)
    assert public().count() == before + 3
    batch.refresh_from_db()
    assert becoming_public(batch) == 0
    assert "public at once" not in page_of(ig_officer, batch)


def test_a_conflict_counts_once_the_file_was_chosen(ig_officer, owner):
    owner.asset.marking = Marking.objects.get(code="official")
    owner.asset.save()
    batch = brought(csv_file([PUBLISHING, [*row_of(owner.asset), "Publish", "OFFICIAL"]]), ig_officer)
    row = batch.rows.get()
    BatchRow.objects.filter(pk=row.pk).update(kind="conflict", contested=row.patch, patch={})
    assert becoming_public(batch) == 0
    BatchRow.objects.filter(pk=row.pk).update(choice="file")
    assert becoming_public(batch) == 1


def test_what_opens_nothing_says_nothing(ig_officer, owner):
    batch = brought(csv_file([HEADINGS, row_of(owner.asset, title="Renamed")]), ig_officer)
    assert becoming_public(batch) == 0
    assert "public at once" not in page_of(ig_officer, batch)
    risk = RiskFactory(owner=owner.post)
    heads = ["Reference", "Title"]
    other = brought(csv_file([heads, [risk.reference, "Renamed"]]), ig_officer, register="risks")
    assert becoming_public(other) == 0


def committed(officer, batch, **said):
    """The answer to a commit that was asked for on the page of a check."""
    typed = {"seen": batch.rows.seen(), **said}
    return (
        signed_in(officer).post(f"/exchange/imports/{batch.pk}/commit/", typed, follow=True).content.decode()
    )


def test_a_marking_that_is_opened_while_the_page_of_a_check_is_open_opens_nothing_unseen(ig_officer, owner):
    """The rows are the same: what they open is not."""
    marked = Marking.objects.get(code="official-sensitive")
    batch = brought(csv_file([PUBLISHING, [*row_of(owner.asset), "Publish", str(marked)]]), ig_officer)
    page = signed_in(ig_officer).get(f"/exchange/imports/{batch.pk}/")
    assert page.context["becoming_public"] == 0
    assert 'name="opens" value="0"' in page.content.decode()
    Marking.objects.filter(pk=marked.pk).update(may_be_public=True)
    before = public().count()
    words = committed(ig_officer, batch, opens="0")
    assert "1 of these would become public now, and not 0 as the page said" in words
    assert public().count() == before
    batch.refresh_from_db()
    assert batch.state == Batch.State.CHECKED
    assert "1 of these become" in words or "becomes public at once" in words
    committed(ig_officer, batch, opens="1")
    assert public().count() == before + 1


@pytest.mark.parametrize("opens", ["", "x", "-1", "9" * 40, "\x00", "0"])
def test_a_number_that_no_page_said_opens_nothing(ig_officer, owner, opens):
    official = str(Marking.objects.get(code="official"))
    batch = brought(csv_file([PUBLISHING, [*row_of(owner.asset), "Publish", official]]), ig_officer)
    before = public().count()
    committed(ig_officer, batch, opens=opens)
    assert public().count() == before


def test_fewer_than_the_page_said_come_in(ig_officer, owner):
    official = Marking.objects.get(code="official")
    batch = brought(csv_file([PUBLISHING, [*row_of(owner.asset), "Publish", str(official)]]), ig_officer)
    Marking.objects.filter(pk=official.pk).update(may_be_public=False)
    committed(ig_officer, batch, opens="1")
    batch.refresh_from_db()
    assert batch.state == Batch.State.COMMITTED
