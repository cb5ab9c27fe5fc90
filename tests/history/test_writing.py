"""Every write path leaves exactly one version for each changed entry, and none for an unchanged one."""

import os
import shutil
import subprocess
from contextlib import suppress

import pytest
from django.db import connection, transaction

from assets.models import Asset
from governance.core.binaries import binaries
from governance.history.models import FOREVER
from governance.history.trail import because, signed
from tests.factories import AssetFactory, UserFactory


def versions(asset):
    return list(Asset.history.filter(id=asset.pk).order_by("history_id").values_list("history_type", "title"))


def by_save(asset):
    asset.title = "Changed"
    asset.save()


def by_update(asset):
    Asset.objects.filter(pk=asset.pk).update(title="Changed")


def by_bulk_update(asset):
    asset.title = "Changed"
    Asset.objects.bulk_update([asset], ["title"])


def by_raw_sql(asset):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE assets_asset SET title = 'Changed' WHERE id = %s", [asset.pk])


@pytest.mark.django_db
@pytest.mark.parametrize("write", [by_save, by_update, by_bulk_update, by_raw_sql])
def test_a_change_leaves_one_version_by_whatever_way_it_is_written(write):
    asset, other = AssetFactory(title="As it was"), AssetFactory(title="Untouched")
    write(asset)
    assert versions(asset) == [("+", "As it was"), ("~", "Changed")]
    assert versions(other) == [("+", "Untouched")]


@pytest.mark.django_db
@pytest.mark.parametrize("write", [by_save, by_update, by_bulk_update, by_raw_sql])
def test_writing_what_stands_already_leaves_no_version(write):
    asset = AssetFactory(title="Changed")
    write(asset)
    assert versions(asset) == [("+", "Changed")]


@pytest.mark.django_db
def test_bulk_create_leaves_one_version_for_each():
    first = AssetFactory()
    made = Asset.objects.bulk_create(
        Asset(
            reference=f"IA-{n}",
            title=f"No. {n}",
            owner=first.owner,
            unit=first.unit,
            form="data",
            contains_personal_data=False,
        )
        for n in range(7000, 7010)
    )
    assert Asset.history.filter(id__in=[asset.pk for asset in made]).count() == 10


@pytest.mark.django_db
def test_deleting_leaves_the_last_state_as_a_version_of_its_own():
    asset = AssetFactory(title="Gone")
    key = asset.pk
    asset.delete()
    assert list(Asset.history.filter(id=key).order_by("history_id").values_list("history_type", "title")) == [
        ("+", "Gone"),
        ("-", "Gone"),
    ]
    assert not Asset.history.standing().filter(id=key).exists()


@pytest.mark.django_db(transaction=True)
def test_psql_leaves_a_version_too():
    asset = AssetFactory(title="As it was")
    psql = shutil.which("psql", path=os.pathsep.join([os.fspath(binaries()), os.environ["PATH"]]))
    where = connection.settings_dict
    update = f"UPDATE assets_asset SET title = 'Typed' WHERE id = {asset.pk}"
    words = [psql, "-h", where["HOST"], "-U", where["USER"], "-d", where["NAME"], "-qc", update]
    subprocess.run(words, check=True, timeout=20)
    assert versions(asset)[-1] == ("~", "Typed")


@pytest.mark.django_db
def test_versions_join_without_a_gap_and_one_stands():
    asset = AssetFactory(title="One")
    for title in ("Two", "Three"):
        asset.title = title
        asset.save()
    found = list(Asset.history.filter(id=asset.pk).order_by("history_id"))
    assert [version.history_until for version in found[:-1]] == [
        version.history_date for version in found[1:]
    ]
    assert found[-1].history_until == FOREVER
    assert asset.standing_version() == found[-1].history_id


@pytest.mark.django_db
def test_signing_in_is_no_change_of_a_person():
    person = UserFactory()
    person.set_password("a long enough password")
    person.save()
    assert person.history.count() == 1


@pytest.mark.django_db
def test_what_is_recorded_of_a_person_is_a_change_though_what_is_not_recorded_changes_with_it():
    person, other = UserFactory(), UserFactory()
    person.set_password("a long enough password")
    person.display_name = "Another name"
    person.save()
    assert list(person.history.order_by("history_id").values_list("display_name", flat=True))[1:] == [
        "Another name"
    ]
    assert other.history.count() == 1


@pytest.mark.django_db
def test_of_many_written_at_once_only_those_that_changed_leave_a_version():
    same, changed, emptied = AssetFactory(stars=None), AssetFactory(stars=3), AssetFactory(stars=3)
    Asset.objects.filter(pk__in=[same.pk, emptied.pk]).update(stars=None)
    Asset.objects.filter(pk=changed.pk).update(stars=4)
    assert [Asset.history.filter(id=each.pk).count() for each in (same, changed, emptied)] == [1, 2, 2]


@pytest.mark.django_db(transaction=True)
def test_the_version_says_who_why_and_in_which_request():
    person = UserFactory(display_name="Records Manager")
    with signed(person, request_id="r1"), because("Moved to the annex"):
        asset = AssetFactory()
    version = asset.history.get()
    assert (
        version.history_user_id,
        version.history_who,
        version.history_change_reason,
        version.history_request,
    ) == (
        person.pk,
        "Records Manager",
        "Moved to the annex",
        "r1",
    )


@pytest.mark.django_db(transaction=True)
def test_who_and_why_survive_a_savepoint_rolled_back_and_a_new_transaction():
    person, asset = UserFactory(), AssetFactory()
    with signed(person, reason="First"):
        with transaction.atomic():
            with suppress(ZeroDivisionError), transaction.atomic():
                Asset.objects.filter(pk=asset.pk).update(title="Undone")
                raise ZeroDivisionError
            Asset.objects.filter(pk=asset.pk).update(title="Kept")
        with transaction.atomic():
            Asset.objects.filter(pk=asset.pk).update(title="Kept too")
    written = Asset.history.filter(id=asset.pk, history_type="~").values_list(
        "history_user_id", "history_change_reason"
    )
    assert list(written) == [(person.pk, "First")] * 2


@pytest.mark.django_db(transaction=True)
def test_a_change_behind_the_back_of_the_application_says_that_nobody_is_recorded():
    asset = AssetFactory()
    with signed(UserFactory()):
        Asset.objects.filter(pk=asset.pk).update(title="Signed")
    by_raw_sql(asset)
    assert asset.history.order_by("history_id").last().history_user_id is None
