"""No edit is lost: two people change one entry, in sequence and at once."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import QueryDict

from assets.models import Asset
from governance.core.forms import VersionedForm
from governance.core.forms.versioned import put
from governance.core.gallery import ExampleForm
from tests.factories import AssetFactory, UnitFactory


class AssetEdit(VersionedForm):
    class Meta:
        model = Asset
        fields = ["title", "description", "unit", "contains_personal_data"]


def posted(asset: Asset, seen: int | None = None, **typed: Any) -> QueryDict:
    """What the form of this asset posts when nothing but `typed` is changed."""
    values = {"title": asset.title, "description": asset.description, "unit": str(asset.unit_id)}
    if asset.contains_personal_data:
        values["contains_personal_data"] = "True"
    values["seen_version"] = str(seen if seen is not None else asset.standing_version())
    data = QueryDict(mutable=True)
    data.update({name: value for name, value in {**values, **typed}.items() if value is not None})
    return data


def edit(asset: Asset, data: QueryDict) -> AssetEdit:
    return AssetEdit(data, instance=Asset.objects.get(pk=asset.pk))


@pytest.fixture
def asset(db: None) -> Asset:
    return AssetFactory(title="Council tax accounts", description="", contains_personal_data=True)


@pytest.fixture
def overtaken(asset: Asset) -> tuple[Asset, int]:
    """An asset whose title somebody else changed after the person opened the form."""
    seen = asset.standing_version()
    Asset.objects.filter(pk=asset.pk).update(title="Council tax records")
    return asset, seen


def test_the_form_carries_the_version_the_person_sees(asset: Asset) -> None:
    drawn = str(AssetEdit(instance=asset))
    assert f'name="seen_version" value="{asset.standing_version()}"' in drawn


def test_an_edit_of_the_standing_version_is_saved(asset: Asset) -> None:
    form = edit(asset, posted(asset, title="Council tax files"))
    assert form.is_valid(), form.errors
    form.save()
    asset.refresh_from_db()
    assert asset.title == "Council tax files"


def test_an_edit_of_a_version_overtaken_is_refused_with_both_values(overtaken: tuple[Asset, int]) -> None:
    asset, seen = overtaken
    form = edit(asset, posted(asset, seen, title="Council tax files"))
    assert not form.is_valid()
    assert [(each.label, each.yours, each.theirs) for each in form.conflict.differences] == [
        ("Title", "Council tax files", "Council tax records")
    ]
    assert form.conflict.version == asset.standing_version()
    assert ("title", "Council tax files") in form.conflict.posted


def test_a_form_that_does_not_say_what_was_seen_is_refused(asset: Asset) -> None:
    assert edit(asset, posted(asset, title="X", seen_version=None)).errors


def test_where_only_they_changed_a_field_theirs_stands_and_is_not_asked(overtaken: tuple[Asset, int]) -> None:
    asset, seen = overtaken
    form = edit(asset, posted(asset, seen, description="Kept by Revenues"))
    assert not form.is_valid()
    assert [each.name for each in form.conflict.only_theirs] == ["title"]
    assert form.conflict.differences == []


def test_where_only_i_changed_a_field_mine_stands_and_is_not_asked(overtaken: tuple[Asset, int]) -> None:
    asset, seen = overtaken
    form = edit(asset, posted(asset, seen, description="Kept by Revenues"))
    assert not form.is_valid()
    said = [(each.label, each.yours) for each in form.conflict.only_mine]
    assert said == [("Description", "Kept by Revenues")]
    asset.refresh_from_db()
    assert asset.description == ""


def test_where_both_changed_a_field_each_sees_what_it_was(overtaken: tuple[Asset, int]) -> None:
    asset, seen = overtaken
    form = edit(asset, posted(asset, seen, title="Council tax files"))
    assert not form.is_valid()
    assert [each.before for each in form.conflict.differences] == ["Council tax accounts"]
    assert not form.conflict.only_mine
    assert not form.conflict.only_theirs


def test_what_it_was_is_said_of_a_unit_by_its_name(asset: Asset) -> None:
    seen, was = asset.standing_version(), asset.unit
    Asset.objects.filter(pk=asset.pk).update(unit=UnitFactory(name="Theirs"))
    form = edit(asset, posted(asset, seen, unit=str(UnitFactory(name="Mine").pk)))
    assert not form.is_valid()
    (unit,) = form.conflict.differences
    assert str(was) in unit.before
    assert (unit.theirs, unit.yours) == ("Theirs", "Mine")


def test_what_it_was_is_still_said_and_asked_when_a_choice_is_forgotten(
    overtaken: tuple[Asset, int],
) -> None:
    asset, seen = overtaken
    data = posted(asset, title="Council tax files", description="Mine alone")
    data["to-choose"], data["first-seen"] = "title", str(seen)
    form = edit(asset, data)
    assert not form.is_valid()
    (title,) = form.conflict.differences
    assert (title.before, title.missing) == ("Council tax accounts", True)
    assert [each.name for each in form.conflict.only_mine] == ["description"]
    assert "first-seen" not in dict(form.conflict.posted)


@pytest.mark.parametrize("typed", ["", "x", "-1", "0", "9" * 30, "²"])
def test_a_version_nobody_began_with_asks_for_every_field(overtaken: tuple[Asset, int], typed: str) -> None:
    asset, _ = overtaken
    data = posted(asset, 1, title="Council tax files", description="Mine")
    data["first-seen"] = typed
    form = edit(asset, data)
    assert not form.is_valid()
    found = [*form.conflict.differences, *form.conflict.only_mine]
    assert {each.name for each in found} == {"title", "description"}


def test_lines_that_a_browser_ends_in_its_own_way_are_nobodys_change(asset: Asset) -> None:
    Asset.objects.filter(pk=asset.pk).update(description="One\nTwo")
    asset.refresh_from_db()
    seen = asset.standing_version()
    Asset.objects.filter(pk=asset.pk).update(title="Council tax records")
    form = edit(asset, posted(asset, seen, title="Mine", description="One\r\nTwo"))
    assert not form.is_valid()
    assert [each.name for each in form.conflict.differences] == ["title"]
    assert not form.conflict.only_mine


def test_a_choice_of_theirs_keeps_their_value_and_mine_elsewhere(overtaken: tuple[Asset, int]) -> None:
    asset, seen = overtaken
    first = edit(asset, posted(asset, seen, description="Kept by Revenues"))
    first.is_valid()
    again = QueryDict(mutable=True)
    again.update(dict(first.conflict.posted))
    again.update(
        {"seen_version": str(first.conflict.version), "choose-title": "theirs", "choose-description": "mine"}
    )
    form = edit(asset, again)
    assert form.is_valid(), form.errors
    form.save()
    asset.refresh_from_db()
    assert (asset.title, asset.description) == ("Council tax records", "Kept by Revenues")


def test_a_choice_of_mine_overwrites_theirs_knowingly(overtaken: tuple[Asset, int]) -> None:
    asset, _ = overtaken
    data = posted(asset, title="Council tax files")
    data["choose-title"] = "mine"
    form = edit(asset, data)
    assert form.is_valid(), form.errors
    assert form.save().title == "Council tax files"


def test_a_third_person_meanwhile_is_another_conflict(overtaken: tuple[Asset, int]) -> None:
    asset, _ = overtaken
    data = posted(asset, title="Mine")
    data["choose-title"] = "theirs"
    Asset.objects.filter(pk=asset.pk).update(unit=UnitFactory(name="Revenues and Benefits"))
    form = edit(asset, data)
    assert not form.is_valid()
    assert [each.label for each in form.conflict.only_theirs] == ["Unit"]


def test_a_wrong_answer_beside_a_conflict_is_kept_as_it_was_typed(overtaken: tuple[Asset, int]) -> None:
    asset, seen = overtaken
    form = edit(asset, posted(asset, seen, title="x" * 301))
    assert not form.is_valid()
    assert form.conflict.differences[0].yours == "x" * 301


def test_a_new_entry_has_nothing_to_conflict_with(db: None) -> None:
    assert AssetEdit(QueryDict("title=X")).is_valid() is False
    assert AssetEdit(QueryDict("title=X")).conflict is None


@pytest.mark.django_db(transaction=True)
def test_of_people_who_save_at_once_one_wins_and_the_others_are_told() -> None:
    asset = AssetFactory(title="Before")
    data, start, results = posted(asset), threading.Barrier(6), []

    def save(title: str) -> None:
        try:
            start.wait(timeout=10)
            with transaction.atomic():
                mine = data.copy()
                mine["title"] = title
                form = edit(asset, mine)
                results.append(
                    "saved" if form.is_valid() and form.save() else "conflict" if form.conflict else "?"
                )
        finally:
            connection.close()

    people = [threading.Thread(target=save, args=(f"Title {number}",)) for number in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=20)
    assert sorted(results) == ["conflict"] * 5 + ["saved"]
    assert asset.history.count() == 2


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("title", "Text", {"title": ["Text"]}),
        ("title", "", {}),
        ("personal", True, {"personal": ["True"]}),
        ("personal", False, {}),
        ("units", ["hr", "it"], {"units": ["hr", "it"]}),
        ("due_on", None, {"due_on_day": [""], "due_on_month": [""], "due_on_year": [""]}),
    ],
)
def test_a_stored_value_is_written_as_its_control_would_post_it(name: str, value: Any, expected: Any) -> None:
    data = QueryDict("title=typed&personal=on&units=x", mutable=True)
    others = {key: values for key, values in data.lists() if key != name}
    put(data, ExampleForm().fields[name], name, value)
    assert {key: values for key, values in data.lists() if others.get(key) != values} == expected
