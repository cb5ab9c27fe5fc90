"""Changing an entry: with a reason, by those who may, and never over somebody else's change unseen."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from governance.people.models import OrganisationalUnit
from tests.cast import signed_in
from tests.factories import AssetFactory, PostFactory, UnitFactory


def typed(entry, **changed):
    """What the form would post: the entry as it stands, with what is changed."""
    fields = ["title", "description", "form", "cause", "event", "consequence"]
    kept = {name: getattr(entry, name) for name in fields if hasattr(entry, name)}
    kept |= {"unit": entry.unit_id, "owner": entry.owner_id, "seen_version": entry.standing_version()}
    if getattr(entry, "contains_personal_data", False):
        kept["contains_personal_data"] = "True"
    if getattr(entry, "asset_id", None):
        kept["asset"] = entry.asset_id
    return kept | {"change_reason": "To put it right"} | changed


@pytest.mark.django_db
class TestOnePerson:
    def test_a_change_is_saved_with_who_and_why_and_leads_back_with_the_address_of_the_list(
        self, room, ig_officer
    ):
        entry = room.factory()
        response = signed_in(ig_officer).post(room.edit(entry) + "?q=x&page=2", typed(entry, title="Renamed"))
        assert response.url == f"{room.page(entry)}?q=x&page=2"
        version = room.model.history.standing().get(id=entry.pk)
        said = (version.title, version.history_change_reason, version.history_who, version.history_post)
        assert said == ("Renamed", "To put it right", "The ig officer", "Ig officer")

    def test_a_change_needs_a_reason(self, room, ig_officer):
        entry = room.factory()
        page = signed_in(ig_officer).post(room.edit(entry), typed(entry, title="Renamed", change_reason=" "))
        assert "Answer “Why are you making this change?”" in page.content.decode()
        assert "Error: Change" in page.content.decode()
        assert room.model.objects.get().title == entry.title

    @pytest.mark.parametrize("reason", ["To put it right", ""])
    @pytest.mark.parametrize("stored", ["Two\nlines", "Two\r\nlines"])
    def test_a_form_saved_without_a_change_says_so_and_leaves_no_version(
        self, room, ig_officer, stored, reason
    ):
        text = "description" if room.one == "asset" else "cause"
        entry = room.factory(**{text: stored})
        said = typed(entry, change_reason=reason) | {text: "Two\r\nlines"}
        page = signed_in(ig_officer).post(room.edit(entry), said, follow=True).content.decode()
        assert f"You changed nothing, so {entry.reference} stands as it did" in page
        assert "updated" not in page
        assert room.model.history.filter(id=entry.pk).count() == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"unit": 999999},
            {"owner": 999999},
            {"unit": "abc"},
            {"title": ""},
            {"title": "x" * 301},
            {"title": "\x00"},
            {"change_reason": "x" * 5_001},
        ],
    )
    def test_what_cannot_be_is_refused_in_words_and_nothing_is_saved(self, room, ig_officer, wrong):
        entry = room.factory()
        section = "ownership" if {"unit", "owner"} & {*wrong} else "identity"
        page = signed_in(ig_officer).post(room.edit(entry, section), typed(entry, **wrong))
        assert page.status_code == 200
        assert "There is a problem" in page.content.decode()
        assert room.model.history.filter(id=entry.pk).count() == 1

    def test_a_unit_that_has_been_dissolved_is_not_offered_unless_it_still_holds_the_entry(
        self, room, ig_officer
    ):
        entry = room.factory()
        gone = UnitFactory(name="Contact centre", until_on=date(2016, 3, 31))
        OrganisationalUnit.objects.filter(pk=entry.unit_id).update(
            name="Old post room", until_on=date(2016, 3, 31)
        )
        client = signed_in(ig_officer)
        page = client.get(room.edit(entry, "ownership")).content.decode()
        assert "Old post room" in page
        assert "Contact centre" not in page
        client.post(room.edit(entry, "ownership"), typed(entry, unit=gone.pk))
        assert room.model.objects.get(pk=entry.pk).unit_id == entry.unit_id

    def test_an_owner_cannot_hand_an_entry_over_so_that_they_could_not_take_it_back(
        self, room, owner, ig_officer
    ):
        entry, elsewhere = getattr(owner, room.one), PostFactory()
        handed_over = typed(entry, owner=elsewhere.pk, unit=elsewhere.unit_id)
        page = signed_in(owner).post(room.edit(entry, "ownership"), handed_over).content.decode()
        assert "You could not change it any more" in page
        assert signed_in(ig_officer).post(room.edit(entry, "ownership"), handed_over).status_code == 302

    def test_an_owner_may_name_another_post_within_their_unit(self, room, owner):
        entry, deputy = getattr(owner, room.one), PostFactory(unit=owner.post.unit)
        assert (
            signed_in(owner).post(room.edit(entry, "ownership"), typed(entry, owner=deputy.pk)).status_code
            == 302
        )

    def test_whoever_may_only_read_changes_nothing(self, room, siro):
        entry = room.factory()
        assert signed_in(siro).post(room.edit(entry), typed(entry, title="Renamed")).status_code == 403
        assert room.model.objects.get().title == entry.title


@pytest.mark.django_db
class TestSomebodyElseWasFaster:
    def conflict(self, room, person, entry, **mine):
        stale = typed(entry, **mine)
        room.model.objects.filter(pk=entry.pk).update(title="Theirs")
        return stale, signed_in(person).post(room.edit(entry), stale)

    def test_the_second_sees_both_values_and_nothing_is_lost(self, room, ig_officer):
        entry = room.factory()
        _, page = self.conflict(room, ig_officer, entry, title="Mine", change_reason="My own words")
        words = page.content.decode()
        assert page.status_code == 409
        for said in ("Somebody else changed this too", "<strong>Mine</strong>", "<strong>Theirs</strong>"):
            assert said in words
        assert 'name="change_reason" value="My own words"' in words
        assert room.model.objects.get(pk=entry.pk).title == "Theirs"

    def test_what_the_second_never_touched_is_not_asked_and_stays_as_the_first_left_it(
        self, room, ig_officer
    ):
        entry, text = room.factory(), "description" if room.one == "asset" else "cause"
        stale = typed(entry, title="Mine")
        room.model.objects.filter(pk=entry.pk).update(**{"title": "Theirs", text: "Their words"})
        words = signed_in(ig_officer).post(room.edit(entry), stale).content.decode()
        assert words.count("Yours: ") == 1
        assert f"<li>{text.capitalize()}: <strong>Their words</strong>" in words
        assert f'<input type="hidden" name="choose-{text}" value="theirs">' in words
        chosen = {
            "seen_version": entry.standing_version(),
            "choose-title": "mine",
            f"choose-{text}": "theirs",
        }
        assert signed_in(ig_officer).post(room.edit(entry), stale | chosen).status_code == 302
        entry.refresh_from_db()
        assert (entry.title, getattr(entry, text)) == ("Mine", "Their words")

    def test_what_only_the_second_changed_is_taken_over_and_said(self, room, ig_officer):
        entry, text = room.factory(), "description" if room.one == "asset" else "cause"
        stale = typed(entry, **{text: "My words"})
        room.model.objects.filter(pk=entry.pk).update(title="Theirs")
        page = signed_in(ig_officer).post(room.edit(entry), stale)
        words = page.content.decode()
        assert page.status_code == 409
        assert "What only you changed is taken over as you typed it" in words
        assert f"<li>{text.capitalize()}: <strong>My words</strong>" in words
        assert "Yours: " not in words
        assert "so there is nothing to choose" in words
        again = dict(page.context["conflict"].posted) | {"choose-title": "theirs"}
        again["seen_version"] = page.context["conflict"].version
        assert signed_in(ig_officer).post(room.edit(entry), again).status_code == 302
        entry.refresh_from_db()
        assert (entry.title, getattr(entry, text)) == ("Theirs", "My words")

    def test_what_it_was_stands_beside_yours_and_theirs_also_when_asked_again(self, room, ig_officer):
        entry = room.factory(title="As it was")
        stale, page = self.conflict(room, ig_officer, entry, title="Mine")
        assert 'id="title-before" class="govuk-hint">Before: As it was</div>' in page.content.decode()
        assert 'aria-describedby="title-before"' in page.content.decode()
        again = stale | {"seen_version": entry.standing_version(), "to-choose": "title"}
        again["first-seen"] = page.context["conflict"].first_seen
        words = signed_in(ig_officer).post(room.edit(entry), again).content.decode()
        assert "Before: As it was" in words
        assert 'aria-describedby="title-before title-error"' in words

    def test_the_conflict_says_of_what_it_is_and_keeps_the_way_back(self, room, ig_officer):
        entry = room.factory()
        _, page = self.conflict(room, ig_officer, entry, title="Mine")
        words = page.content.decode()
        assert f"Somebody else changed this too: {entry.reference} Theirs" in words
        assert f'<span class="govuk-caption-l">{entry.reference} Theirs</span>' in words
        assert f'<a class="govuk-breadcrumbs__link" href="{room.page(entry)}">{entry.reference}</a>' in words

    @pytest.mark.parametrize(("choice", "stands"), [("mine", "Mine"), ("theirs", "Theirs")])
    def test_the_second_chooses_what_stands(self, room, ig_officer, choice, stands):
        entry = room.factory()
        stale, _ = self.conflict(room, ig_officer, entry, title="Mine")
        chosen = stale | {"seen_version": entry.standing_version(), "choose-title": choice}
        assert signed_in(ig_officer).post(room.edit(entry), chosen).status_code == 302
        assert room.model.objects.get(pk=entry.pk).title == stands

    def test_nothing_is_chosen_for_the_second_and_saving_without_a_choice_asks(self, room, ig_officer):
        entry = room.factory()
        stale, page = self.conflict(room, ig_officer, entry, title="Mine")
        words = page.content.decode()
        assert "checked" not in words[words.index("Choose what should stand") :]
        assert 'name="to-choose" value="title"' in words
        again = stale | {"seen_version": entry.standing_version(), "to-choose": "title"}
        for wrong in ({}, {"choose-title": ""}, {"choose-title": "both"}):
            asked = signed_in(ig_officer).post(room.edit(entry), again | wrong)
            assert asked.status_code == 409
            assert asked.content.decode().count("Select what should stand in “Title”") == 2
            assert room.model.objects.get(pk=entry.pk).title == "Theirs"
        chosen = again | {"choose-title": "mine"}
        assert signed_in(ig_officer).post(room.edit(entry), chosen).status_code == 302
        assert room.model.objects.get(pk=entry.pk).title == "Mine"

    def test_a_choice_made_stays_where_another_was_forgotten(self, room, ig_officer):
        entry, text = room.factory(), "description" if room.one == "asset" else "cause"
        room.model.objects.filter(pk=entry.pk).update(**{"title": "Theirs", text: "Their words"})
        said = typed(entry, title="Mine", **{text: "My words"}, seen_version=entry.standing_version())
        said |= {"to-choose": ["title", text], "choose-title": "mine"}
        words = signed_in(ig_officer).post(room.edit(entry), said).content.decode()
        assert 'id="title-mine" name="choose-title" value="mine" checked' in words
        assert f'href="#{text}-mine"' in words
        assert 'href="#title-mine"' not in words

    @pytest.mark.parametrize("seen", ["", "abc", "999999999"])
    def test_a_form_that_does_not_say_what_it_saw_overwrites_nothing(self, room, ig_officer, seen):
        entry = room.factory()
        response = signed_in(ig_officer).post(room.edit(entry), typed(entry, title="Mine", seen_version=seen))
        assert response.status_code in (200, 409)
        assert room.model.objects.get(pk=entry.pk).title == entry.title


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_save_at_once_one_wins_and_nineteen_are_told(room, ig_officer):
    entry = room.factory()
    forms = [typed(entry, title=f"Title of number {n}") for n in range(20)]

    def save(form):
        try:
            return signed_in(ig_officer).post(room.edit(entry), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=20) as people:
        answers = sorted(people.map(save, forms))
    assert answers == [302] + [409] * 19
    assert room.model.history.filter(id=entry.pk).count() == 2


@pytest.mark.django_db
def test_a_risk_may_be_put_to_the_assets_one_may_open_and_keeps_the_one_it_has(owner, other_owner):
    risk, closed = owner.risk, AssetFactory()
    client, address = signed_in(owner), f"/risks/{risk.reference}/edit/"
    page = client.get(address).content.decode()
    assert str(owner.asset) in page
    assert str(other_owner.asset) not in page
    refused = client.post(address, typed(risk, asset=closed.pk)).content.decode()
    assert "There is a problem" in refused
    type(risk).objects.filter(pk=risk.pk).update(asset=closed)
    risk.refresh_from_db()
    assert client.post(address, typed(risk, title="Renamed")).status_code == 302
    risk.refresh_from_db()
    assert (risk.title, risk.asset) == ("Renamed", closed)


@pytest.mark.django_db
def test_a_select_says_what_to_choose_and_not_a_row_of_dashes(room, ig_officer):
    page = signed_in(ig_officer).get(room.edit(room.factory(), "ownership")).content.decode()
    assert "-----" not in page
    for thing in ("a unit", "an owner"):
        assert re.search(rf">\s*Choose {thing}\s*</option>", page), thing


@pytest.mark.django_db
def test_a_register_leads_home(room, ig_officer):
    page = signed_in(ig_officer).get(room.list).content.decode()
    assert '<a class="govuk-breadcrumbs__link" href="/">Home</a>' in page
