"""What somebody types is kept until they save it, for them alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from playwright.sync_api import expect

from governance.people.models import Draft
from governance.people.models.draft import LONGEST
from tests.browser import axe, sign_in
from tests.cast import signed_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def typed(entry, **values):
    return {"title": entry.title, "seen_version": entry.standing_version(), "change_reason": ""} | values


def keep(room, person, entry, how="aloud", **values):
    given = typed(entry, **values) | {"keep-draft": how}
    return signed_in(person).post(room.edit(entry), given)


def form(room, person, entry):
    return signed_in(person).get(room.edit(entry)).content.decode()


def test_a_draft_is_kept_without_being_checked_and_changes_nothing(room, ig_officer):
    entry = room.factory(title="As it stands")
    assert keep(room, ig_officer, entry, title="").status_code == 302
    entry.refresh_from_db()
    assert entry.title == "As it stands"
    assert room.model.history.filter(id=entry.pk).count() == 1


def test_a_draft_is_there_when_the_person_comes_back(room, ig_officer):
    entry = room.factory()
    keep(room, ig_officer, entry, title="Half a tit", change_reason="I was called aw")
    shown = form(room, ig_officer, entry)
    for words in ("Half a tit", "I was called aw", "You began this on", "Throw the draft away"):
        assert words in shown
    assert "There is a problem" not in shown


def test_keeping_again_replaces_what_was_kept(room, ig_officer):
    entry = room.factory()
    keep(room, ig_officer, entry, title="First")
    keep(room, ig_officer, entry, title="Second")
    assert "Second" in form(room, ig_officer, entry)
    assert Draft.objects.count() == 1


def test_a_quiet_draft_is_answered_with_words_and_not_with_a_page(room, ig_officer):
    answer = keep(room, ig_officer, room.factory(), how="quietly")
    assert answer.status_code == 200
    assert answer.content.decode().startswith("Draft kept at ")


def test_a_draft_is_seen_by_nobody_else(room, ig_officer, records_manager):
    entry = room.factory()
    keep(room, ig_officer, entry, title="Only mine")
    assert "Only mine" not in form(room, records_manager, entry)
    assert "Begun and not saved" not in signed_in(records_manager).get("/").content.decode()


def test_unfinished_drafts_are_on_the_home_page(room, ig_officer):
    entry = room.factory()
    keep(room, ig_officer, entry)
    shown = signed_in(ig_officer).get("/").content.decode()
    assert "Begun and not saved" in shown
    assert room.edit(entry) in shown


def test_saving_ends_the_draft(room, ig_officer):
    entry = room.factory()
    keep(room, ig_officer, entry, title="Draft")
    given = typed(entry, title="Saved", change_reason="Better", unit=entry.unit_id, owner=entry.owner_id)
    given |= {"form": "data", "contains_personal_data": "True"}
    assert signed_in(ig_officer).post(room.edit(entry), given).status_code == 302
    assert not Draft.objects.exists()


def test_a_form_with_an_error_leaves_the_draft(room, ig_officer):
    entry = room.factory()
    keep(room, ig_officer, entry, title="Draft")
    assert signed_in(ig_officer).post(room.edit(entry), typed(entry, title="")).status_code == 200
    assert Draft.objects.exists()


def test_a_draft_can_be_thrown_away(room, ig_officer):
    entry = room.factory()
    keep(room, ig_officer, entry, title="Draft")
    signed_in(ig_officer).post(room.edit(entry), {"discard-draft": "yes"})
    assert not Draft.objects.exists()


def test_a_draft_saved_after_somebody_else_changed_the_entry_meets_the_conflict_page(room, ig_officer):
    entry = room.factory(title="Old")
    keep(room, ig_officer, entry, title="Mine")
    seen = entry.standing_version()
    room.model.objects.filter(pk=entry.pk).update(title="Theirs")
    assert f'name="seen_version" value="{seen}"' in form(room, ig_officer, entry)


def test_nobody_keeps_a_draft_where_they_may_not_change(room, auditor):
    assert keep(room, auditor, room.factory()).status_code == 403
    assert not Draft.objects.exists()


def test_a_draft_is_forgotten_after_a_month(room, ig_officer):
    entry = room.factory()
    keep(room, ig_officer, entry, title="Forgotten")
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=31))
    assert "Forgotten" not in form(room, ig_officer, entry)


def test_a_text_beyond_all_measure_is_not_kept_and_said_so(room, ig_officer):
    answer = keep(room, ig_officer, room.factory(), how="quietly", title="x" * (LONGEST + 1))
    assert "too long" in answer.content.decode()
    assert not Draft.objects.exists()


def test_the_database_keeps_one_draft_for_a_person_and_a_form():
    person, now = UserFactory(), timezone.now()
    Draft.objects.create(person=person, path="/x/", about="x", typed="", saved_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(person=person, path="/x/", about="x", typed="", saved_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(person=person, path="elsewhere", about="x", typed="", saved_at=now)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_typing_keeps_a_draft_by_itself(page, ig_officer, room):
    entry = room.factory()
    sign_in(page, ig_officer)
    page.goto(room.edit(entry))
    page.get_by_label("Title", exact=True).fill(f"{entry.title} typed")
    expect(page.get_by_text("Draft kept at")).to_be_visible()
    axe(page)
    page.goto("/")
    page.get_by_role("link", name=entry.reference).click()
    expect(page.get_by_label("Title", exact=True)).to_have_value(f"{entry.title} typed")
    axe(page)
    page.get_by_role("button", name="Throw the draft away").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value(entry.title)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_draft_is_kept_by_a_button_where_no_script_runs(open_page, ig_officer, room):
    page = open_page(java_script_enabled=False)
    entry = room.factory()
    sign_in(page, ig_officer)
    page.goto(room.edit(entry))
    page.get_by_label("Title", exact=True).fill("Half a title")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Half a title")
