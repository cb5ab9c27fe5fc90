"""A file that links, and somebody who links at the same moment: nothing is there twice, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assets.models import ActivityAsset, ProcessingActivity
from assets.services import processing as services
from governance.exchange.importing import MovedOnError, commit
from governance.people.models import Role
from tests.assets.factories_processing import ActivityFactory
from tests.cast import play
from tests.exchange.lga_processing import IN_ROPA, PURPOSES, file_of, row
from tests.exchange.lga_processing import brought as brought_in_the_layout
from tests.exchange.uploads import brought, csv_file
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*doings):
    """What each gets of those that begin at the same moment; the error where there is one."""
    ready = Barrier(len(doings))

    def one(do):
        try:
            ready.wait(timeout=60)
            return do()
        except MovedOnError as moved:
            return moved
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings))


def test_of_two_files_that_enter_a_draft_for_one_asset_the_second_sees_the_first():
    officer, asset = play("ig_officer", Role.IG_OFFICER), AssetFactory()
    batches = [
        brought_in_the_layout(
            file_of(row(asset.reference, **{IN_ROPA: "Yes", PURPOSES: f"No {number}"})), officer
        )
        for number in range(2)
    ]
    said = at_once(*(lambda key=batch.pk: commit(key) for batch in batches))
    assert sorted(map(type, said), key=str) == sorted([bool, MovedOnError], key=str)
    (moved,) = [each.references for each in said if isinstance(each, MovedOnError)]
    assert moved == [asset.reference]
    assert ProcessingActivity.objects.filter(asset_links__asset=asset).count() == 1


def test_a_link_made_on_a_page_is_never_lost_to_a_file():
    officer, activity = play("ig_officer", Role.IG_OFFICER), ActivityFactory(state="draft")
    of_file, of_page = AssetFactory.create_batch(2)
    data = csv_file([["Reference", "Assets"], [activity.reference, of_file.reference]])
    batch = brought(data, officer, register="activities")

    def link():
        services.save_row(activity, lambda: ActivityAsset.objects.create(activity=activity, asset=of_page))
        return True

    came_in, _ = at_once(lambda: commit(batch.pk), link)
    expected = {of_page, of_file} if came_in is True else {of_page}
    assert {each.asset for each in activity.asset_links.all()} == expected
