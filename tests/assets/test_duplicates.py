"""What is a part of what, what is held twice, and which record is the golden one."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from assets.figures.duplicates import duplicates, golden
from assets.models import Asset
from governance.figures.moment import Moment, Scope
from tests.browser import axe, sign_in
from tests.cast import signed_in
from tests.factories import AssetFactory, PostFactory

pytestmark = pytest.mark.django_db


def say(person, asset, **typed):
    given = {"seen_version": asset.standing_version(), "change_reason": "Found in the audit"} | typed
    return signed_in(person).post(reverse("assets:kinship", args=[asset.reference]), given)


def test_a_duplicate_names_its_golden_record_by_reference_in_any_case(ig_officer):
    record, copy = AssetFactory(is_golden=True), AssetFactory()
    assert say(ig_officer, copy, duplicate_of=record.reference.lower()).status_code == 302
    copy.refresh_from_db()
    assert copy.duplicate_of == record
    for one, other in [(record, copy), (copy, record)]:
        page = signed_in(ig_officer).get(one.get_absolute_url()).content.decode()
        assert other.get_absolute_url() in page


def test_saving_the_form_as_it_is_leaves_no_version(ig_officer):
    asset = AssetFactory(duplicate_of=AssetFactory())
    page = signed_in(ig_officer).get(reverse("assets:kinship", args=[asset.reference])).content.decode()
    assert f'value="{asset.duplicate_of.reference}"' in page
    say(ig_officer, asset, duplicate_of=asset.duplicate_of.reference)
    assert Asset.history.filter(id=asset.pk).count() == 1


@pytest.mark.parametrize("typed", ["IA-9999999", "nonsense", "own"])
def test_what_is_no_other_asset_is_not_accepted(ig_officer, typed):
    asset = AssetFactory()
    answer = say(ig_officer, asset, part_of=asset.reference if typed == "own" else typed)
    assert "must be the reference of another asset" in answer.content.decode()


def test_an_asset_that_the_person_may_not_open_cannot_be_named(owner, other_owner):
    answer = say(owner, owner.asset, duplicate_of=other_owner.asset.reference)
    assert "must be the reference of another asset that you may open" in answer.content.decode()


def test_a_duplicate_of_a_duplicate_is_told_which_to_name(ig_officer):
    record = AssetFactory()
    copy = AssetFactory(duplicate_of=record)
    answer = say(ig_officer, AssetFactory(), duplicate_of=copy.reference).content.decode()
    assert f"{copy.reference} is itself a duplicate of {record.reference}: name that one" in answer
    answer = say(ig_officer, record, duplicate_of=AssetFactory().reference).content.decode()
    assert "Others duplicate this asset" in answer


def test_a_golden_record_duplicates_nothing(ig_officer):
    answer = say(ig_officer, AssetFactory(), duplicate_of=AssetFactory().reference, is_golden="on")
    assert "A golden record duplicates nothing" in answer.content.decode()


def test_parts_make_no_circle(ig_officer):
    whole = AssetFactory()
    part = AssetFactory(part_of=whole)
    smaller = AssetFactory(part_of=part)
    answer = say(ig_officer, whole, part_of=smaller.reference).content.decode()
    assert f"{smaller.reference} is itself a part of {whole.reference}" in answer
    assert say(ig_officer, AssetFactory(), part_of=smaller.reference).status_code == 302


def test_a_reason_is_asked_for(ig_officer):
    answer = say(ig_officer, AssetFactory(), part_of=AssetFactory().reference, change_reason="")
    assert "Answer “Why are you making this change?”" in answer.content.decode()


def test_two_at_once_meet_on_the_conflict_page(ig_officer):
    asset, seen = AssetFactory(), None
    seen = asset.standing_version()
    Asset.objects.filter(pk=asset.pk).update(is_golden=True)
    answer = say(ig_officer, asset, seen_version=seen, part_of=AssetFactory().reference)
    assert answer.status_code == 409


def test_another_asset_is_shown_only_to_who_may_open_it(owner, other_owner):
    Asset.objects.filter(pk=other_owner.asset.pk).update(title="Secret of others", part_of=owner.asset)
    page = signed_in(owner).get(owner.asset.get_absolute_url()).content.decode()
    assert "Secret of others" not in page
    assert "no part and no duplicate of another asset that you may open" in page


def test_the_figures_count_duplicates_and_golden_records(ig_officer):
    record = AssetFactory(is_golden=True)
    copy = AssetFactory(duplicate_of=record)
    for figure, expected in [(duplicates, copy), (golden, record)]:
        assert [row.reference for row in figure.rows(Moment.now(), Scope())] == [expected.reference]
    page = signed_in(ig_officer).get(reverse("assets:duplicates")).content.decode()
    assert duplicates.address(Moment.now(), Scope()).replace("&", "&amp;") in page


def test_titles_alike_but_for_case_and_signs_are_suspected(ig_officer):
    one, two = AssetFactory(title="Housing register"), AssetFactory(title="HOUSING-register.")
    other = AssetFactory(title="Housing registers")
    recorded = AssetFactory(title="housing register", duplicate_of=one)
    page = signed_in(ig_officer).get(reverse("assets:duplicates")).content.decode()
    assert all(asset.get_absolute_url() in page for asset in (one, two))
    assert not any(asset.get_absolute_url() in page for asset in (other, recorded))


def test_suspicion_says_nothing_of_what_the_reader_may_not_open(owner, other_owner):
    Asset.objects.filter(pk__in=[owner.asset.pk, other_owner.asset.pk]).update(title="The same")
    page = signed_in(owner).get(reverse("assets:duplicates")).content.decode()
    assert "No two assets have the same title" in page


def test_the_list_costs_the_same_for_two_and_for_forty(ig_officer, django_assert_max_num_queries):
    client, post = signed_in(ig_officer), PostFactory()
    for number in (2, 38):
        AssetFactory.create_batch(number, title="The same", owner=post)
        with django_assert_max_num_queries(12):
            client.get(reverse("assets:duplicates"))


def test_the_database_refuses_chains_and_circles():
    record = AssetFactory()
    copy = AssetFactory(duplicate_of=record)
    part = AssetFactory(part_of=record)
    for asset, fields in [
        (AssetFactory(), {"duplicate_of": copy}),
        (record, {"duplicate_of": AssetFactory()}),
        (record, {"part_of": part}),
        (record, {"part_of": record}),
        (copy, {"is_golden": True}),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Asset.objects.filter(pk=asset.pk).update(**fields)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_make_no_circle_together():
    one, two = AssetFactory(), AssetFactory()
    at_once, refused = threading.Barrier(2), []

    def make_part(asset, whole):
        try:
            at_once.wait()
            Asset.objects.filter(pk=asset.pk).update(part_of=whole)
        except IntegrityError:
            refused.append(asset.reference)
        finally:
            connection.close()

    threads = [threading.Thread(target=make_part, args=pair) for pair in [(one, two), (two, one)]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_parts_and_duplicates_pass_axe(any_page, ig_officer):
    record = AssetFactory(title="The same", is_golden=True)
    asset = AssetFactory(title="the same")
    sign_in(any_page, ig_officer)
    any_page.goto(reverse("assets:duplicates"))
    axe(any_page)
    any_page.get_by_role("link", name=asset.reference).click()
    any_page.get_by_role("link", name="Change parts and duplicates").click()
    any_page.get_by_role("button", name="Save changes").click()
    axe(any_page)
    any_page.get_by_label("Duplicate of").fill(record.reference)
    any_page.get_by_label("Why are you making this change?").fill("The same thing twice")
    any_page.get_by_role("button", name="Save changes").click()
    axe(any_page)
    any_page.goto(reverse("assets:duplicates"))
    axe(any_page)
