"""One mail a person a day: composed, sent, sent again, given up. The row is the truth."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models.functions import Now

from assets.services.campaigns import ask, chase
from assets.services.disposal import agree, propose
from governance.core.dates import today
from governance.people.models import Role, User
from governance.reminders import tasks
from governance.reminders.models import ATTEMPTS, FAILURES, GIVEN_UP, Digest, ReminderChoice
from governance.reminders.representations import Waiting, subject_of, waiting_for
from tests.assets.factories_attestation import attested
from tests.cast import known, play, play_owner
from tests.factories import ActionFactory, AssetFactory, RoleAssignmentFactory, UnitFactory
from tests.risks.factories_incident import IncidentFactory

pytestmark = pytest.mark.django_db
LEASE = timedelta(minutes=2)
PAST = date(2016, 1, 4)


def a_digest(person, day=PAST, **fields):
    said = {"post": "Head of service", "address": person.email, "subject": "1 asset to confirm"}
    return Digest.objects.create(person=person, day=day, **{**said, "body": "Words", "items": [], **fields})


def seen(digest):
    digest.refresh_from_db()
    return digest.state, digest.attempt


def pretend_the_lease_is_over(digest):
    Digest.objects.filter(pk=digest.pk).update(lease_until=Now() - timedelta(seconds=1))


def kinds(person):
    return [each.kind for each in waiting_for(known(person, person.post))]


def said_to(person):
    return [each.as_json() for each in waiting_for(person)]


# The rules of the database


def test_what_the_database_refuses_about_digests(owner):
    digest = a_digest(owner)
    rows = Digest.objects.filter(pk=digest.pk)
    refused = {
        "person_gets_one_digest_a_day": lambda: a_digest(owner),
        "digest_state_is_known": lambda: rows.update(state="lost"),
        "digest_is_sent_at_a_time": lambda: rows.update(state="sent"),
        "digest_is_sent_under_a_lease": lambda: rows.update(state="running"),
        "digest_fails_with_a_sentence": lambda: rows.update(state="failed"),
        "digest_has_words": lambda: a_digest(owner, today(), body=""),
    }
    for constraint, write in refused.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            write()


@pytest.mark.parametrize("field", ["post", "day", "address", "subject", "body", "items"])
def test_what_somebody_was_told_never_changes(field, owner):
    digest = a_digest(owner)
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        Digest.objects.filter(pk=digest.pk).update(**{field: getattr(digest, field)})


def test_a_mail_is_never_deleted_and_one_that_was_sent_stays_sent(owner):
    digest = a_digest(owner)
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        digest.delete()
    tasks.send_digest(digest_id=digest.pk)
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        Digest.objects.filter(pk=digest.pk).update(state="queued", sent_at=None)


# What waits


def test_an_owner_is_told_of_assets_to_confirm_and_of_overdue_actions(owner):
    assert kinds(owner) == ["confirm"]
    ActionFactory(owner=owner.post, due_on=PAST)
    assert [each.words for each in waiting_for(owner)] == ["1 asset to confirm", "1 action overdue"]
    attested(owner.asset, by=owner)
    assert kinds(owner) == ["actions"]


def test_a_manager_is_told_that_the_service_was_asked_and_chased(ig_officer):
    unit = UnitFactory(name="Housing")
    manager = play("manager", Role.SERVICE_MANAGER, unit)
    campaign = ask(title="Round", words="", from_on=PAST, until_on=today(), units=[unit])
    assert kinds(manager) == ["asked"]
    chase(campaign.services.get(), by=ig_officer)
    (told,) = waiting_for(manager)
    assert (told.kind, told.path) == ("chased", campaign.get_absolute_url())
    assert "Housing" in told.words
    assert "reminded 1 time" in told.words


def test_nobody_is_told_of_a_campaign_that_is_over():
    unit = UnitFactory()
    manager = play("manager", Role.SERVICE_MANAGER, unit)
    over = today() - timedelta(days=1)
    ask(title="Round", words="", from_on=PAST, until_on=over, units=[unit])
    assert kinds(manager) == []


def test_a_disposal_waits_for_each_of_the_two_until_they_have_agreed(owner, records_manager, ig_officer):
    found = propose(owner.asset, outcome="destroy", reason="Its time has come", by=ig_officer, on=today())
    attested(owner.asset, by=owner)
    assert (kinds(owner), kinds(records_manager)) == (["disposals"], ["disposals"])
    found = agree(found, as_="owner", by=owner, on=today())
    assert (kinds(owner), kinds(records_manager)) == ([], ["disposals"])
    agree(found, as_="manager", by=records_manager, on=today())
    assert (kinds(owner), kinds(records_manager)) == ([], [])


def test_a_records_manager_of_a_unit_is_told_of_its_disposals_only(owner, other_owner, ig_officer):
    manager = play("unit_records", Role.RECORDS_MANAGER, owner.asset.unit)
    propose(other_owner.asset, outcome="destroy", reason="Over", by=ig_officer, on=today())
    assert kinds(manager) == []


def test_nobody_is_told_of_a_disposal_on_both_sides(owner, ig_officer):
    RoleAssignmentFactory(post=owner.post, role=Role.RECORDS_MANAGER)
    both = known(owner, owner.post)
    attested(owner.asset, by=owner)
    found = propose(owner.asset, outcome="destroy", reason="Over", by=ig_officer, on=today())
    assert kinds(both) == ["disposals"]
    agree(found, as_="owner", by=both, on=today())
    assert kinds(both) == []


def test_a_line_break_in_what_waits_does_not_stop_the_mail(owner):
    items = [Waiting("asked", "Round\nof 2026\r\n: Housing", "/")]
    digest = a_digest(owner, subject=subject_of(items))
    assert digest.subject == "Round of 2026 : Housing"
    tasks.send_digest(digest_id=digest.pk)
    assert seen(digest) == ("sent", 1)


def test_who_wants_less_is_still_told_what_to_confirm(owner):
    ActionFactory(owner=owner.post, due_on=PAST)
    ReminderChoice.objects.create(person=owner, wants_all=False)
    assert kinds(owner) == ["confirm"]


def test_who_has_left_gets_no_mail(owner):
    digest = a_digest(owner)
    type(owner).objects.filter(pk=owner.pk).update(is_active=False)
    tasks.send_digest(digest_id=digest.pk)
    assert seen(digest) == ("failed", 1)
    assert digest.error == "The person had left before it was sent"
    assert not mail.outbox


# Composing


def test_each_person_with_something_waiting_gets_one_mail_with_links(owner, outsider, settings):
    settings.SITE_URL = "https://custodian.example/"
    tasks.compose_digests()
    tasks.compose_digests()
    digest = Digest.objects.get()
    assert (digest.person, digest.post, digest.address) == (owner, owner.post.title, owner.email)
    assert digest.subject == "1 asset to confirm"
    assert "https://custodian.example/assets/mine/" in digest.body


def test_the_same_things_are_said_again_after_a_week_and_new_ones_the_next_day(owner):
    items = said_to(owner)
    a_digest(owner, today() - timedelta(days=6), items=items)
    tasks.compose_digests()
    assert not Digest.objects.filter(day=today()).exists()
    ActionFactory(owner=owner.post, due_on=PAST)
    tasks.compose_digests()
    assert Digest.objects.filter(day=today()).exists()


def test_who_works_off_a_list_is_not_told_of_the_rest_each_day(owner):
    assets = [owner.asset, *AssetFactory.create_batch(2, owner=owner.post)]
    items = said_to(owner)
    told = a_digest(owner, today() - timedelta(days=1), items=items)
    attested(assets[0], by=owner)
    assert [each.words for each in waiting_for(owner)] == ["2 assets to confirm"]
    assert tasks.compose(owner, told) is None
    AssetFactory(owner=owner.post)
    digest = tasks.compose(owner, told)
    assert digest.subject == "3 assets to confirm", "as many as were told, and one of them is new"


def test_a_new_entry_is_told_though_another_kind_has_said_its_reference(owner):
    told = a_digest(owner, items=[{"kind": "disposals", "words": "1", "references": [owner.asset.reference]}])
    assert tasks.compose(owner, told)


def test_a_service_is_told_of_each_time_that_a_campaign_reminds_it(ig_officer):
    unit = UnitFactory(name="Housing")
    manager = play("manager", Role.SERVICE_MANAGER, unit)
    campaign = ask(title="Round", words="", from_on=PAST, until_on=today(), units=[unit])
    asked = a_digest(manager, items=said_to(manager))
    assert tasks.compose(manager, asked) is None
    chase(campaign.services.get(), by=ig_officer)
    (chased,) = said_to(manager)
    otherwise = chased | {"words": chased["words"].replace("1 time", "2 times")}
    same = a_digest(manager, PAST + timedelta(days=1), items=[chased])
    other = a_digest(manager, PAST + timedelta(days=2), items=[otherwise])
    assert tasks.compose(manager, same) is None
    assert "reminded 1 time)" in tasks.compose(manager, other).body


def test_who_was_told_without_references_is_told_once_more_of_what(owner):
    told = a_digest(owner, items=[{"kind": "confirm", "words": "1 asset to confirm", "path": "/"}])
    digest = tasks.compose(owner, told)
    assert digest.items == said_to(owner)
    assert tasks.compose(owner, digest) is None


def test_who_has_done_everything_is_told_nothing(owner):
    told = a_digest(owner, items=said_to(owner))
    attested(owner.asset, by=owner)
    assert tasks.compose(owner, told) is None
    assert tasks.compose(owner, None) is None


def test_a_clock_of_law_is_said_each_day_that_it_runs_and_once_it_is_over(ig_officer):
    aware = datetime(2016, 3, 25, 16, 30, tzinfo=UTC)
    IncidentFactory(aware_at=aware)
    said, last = [], None
    for hours in (2, 20, 26, 50, 71, 73, 97):
        with time_machine.travel(aware + timedelta(hours=hours), tick=False):
            items = said_to(ig_officer)
            said.append(tasks.said_in(items) <= tasks.said_in(last or []))
        last = items
    assert said == [False, True, False, False, True, False, True]
    assert tasks.compose(ig_officer, a_digest(ig_officer, items=last)) is None
    before = [items[0] | {"stages": [items[0]["stages"][0].replace("-1", "0")]}]
    assert tasks.compose(ig_officer, a_digest(ig_officer, PAST + timedelta(days=1), items=before))


def test_after_a_week_the_same_is_said_again(owner):
    items = said_to(owner)
    a_digest(owner, today() - timedelta(days=7), items=items)
    tasks.compose_digests()
    assert Digest.objects.filter(day=today()).exists()


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_for_one_person_leaves_the_others_their_mail(owner, other_owner, owner_connection):
    broken = f"ALTER TABLE reminders_digest ADD CONSTRAINT not_for_them CHECK (person_id <> {owner.pk})"
    owner_connection.execute(broken)
    tasks.compose_digests()
    assert [digest.person for digest in Digest.objects.all()] == [other_owner]


def test_who_has_no_address_is_written_no_mail(owner):
    User.objects.filter(pk=owner.pk).update(email="")
    tasks.compose_digests()
    assert not Digest.objects.exists()


def test_who_has_left_is_told_nothing(owner):
    owner.deactivate(today())
    tasks.compose_digests()
    assert not Digest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_compose_at_once_one_writes_the_mail():
    owner, ready = play_owner("owner"), Barrier(8)

    def write(_):
        try:
            ready.wait(timeout=60)
            return tasks.compose(owner, None).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(write, range(8)))) == 1
    assert Digest.objects.count() == 1


# Sending


def test_a_mail_is_sent_once_however_often_the_worker_is_woken(owner):
    digest = a_digest(owner)
    for _ in range(3):
        tasks.send_digest(digest_id=digest.pk)
    assert [each.subject for each in mail.outbox] == ["1 asset to confirm"]
    assert seen(digest) == ("sent", 1)
    assert digest.sent_at


def test_a_mail_that_somebody_is_sending_is_left_alone(owner):
    digest = a_digest(owner)
    assert Digest.claim(digest.pk, lease=LEASE)
    tasks.send_digest(digest_id=digest.pk)
    assert mail.outbox == []


def test_a_mail_of_a_worker_that_died_is_sent_by_another(owner):
    digest = a_digest(owner)
    dead = Digest.claim(digest.pk, lease=LEASE)
    pretend_the_lease_is_over(digest)
    assert list(Digest.objects.unheld()) == [digest]
    tasks.send_digest(digest_id=digest.pk)
    assert not dead.finish()
    assert seen(digest) == ("sent", 2)


@pytest.mark.parametrize(
    ("backend", "said"),
    [
        ("governance.core.mail.NotSent", tasks.NOT_SET_UP),
        ("tests.reminders.refusing.Refusing", tasks.REFUSED),
    ],
)
def test_a_mail_that_cannot_be_sent_is_put_off_and_says_why(backend, said, owner, settings):
    settings.EMAIL_BACKEND = backend
    digest = a_digest(owner)
    tasks.send_digest(digest_id=digest.pk)
    assert seen(digest) == ("queued", 1)
    assert digest.error == said
    tasks.send_digest(digest_id=digest.pk)
    assert seen(digest) == ("queued", 1), "it waits before the next attempt"
    assert not Digest.objects.unheld().exists()


def test_each_wait_is_twice_as_long_and_the_last_failure_is_final(owner, settings):
    settings.EMAIL_BACKEND = "governance.core.mail.NotSent"
    digest, waits = a_digest(owner), []
    for _ in range(FAILURES):
        Digest.objects.filter(pk=digest.pk).update(not_before=Now(), composed_at=PAST_INSTANT)
        tasks.send_digest(digest_id=digest.pk)
        digest.refresh_from_db()
        left = Digest.objects.filter(pk=digest.pk).values_list("not_before", flat=True).get()
        waits.append(round((left - now_of_the_database()).total_seconds() / 60))
    assert waits == [2**number for number in range(1, FAILURES + 1)]
    assert digest.state == "failed"
    assert digest.try_again()
    assert seen(digest) == ("queued", 0)
    assert not digest.try_again()


PAST_INSTANT = "2016-01-04T00:00:00Z"


def now_of_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


def test_a_mail_begun_too_often_is_given_up_with_a_sentence(owner):
    digest = a_digest(owner, attempt=ATTEMPTS)
    tasks.sweep_digests()
    digest.refresh_from_db()
    assert (digest.state, digest.error) == ("failed", GIVEN_UP)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_claims_a_mail():
    digest, ready = a_digest(play("owner")), Barrier(8)

    def claim(_):
        try:
            ready.wait(timeout=60)
            return Digest.claim(digest.pk, lease=LEASE) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim, range(8))) == 1
