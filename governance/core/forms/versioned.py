"""No edit is lost: a form knows which version the person saw, and refuses to overwrite a later one unseen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from governance.core.filtering import spoken
from governance.core.forms.conflict import Conflict, Difference
from governance.core.forms.dates import DateInput
from governance.core.forms.joining import put_together
from governance.core.forms.wording import ModelForm

CHOICE, BOTH = "choose-", "both"
TO_CHOOSE = "to-choose"
FIRST_SEEN = "first-seen"


class VersionedForm(ModelForm):
    """Edit an entry whose model has `standing_version()`, the number of the version that stands.

    The form carries the version the person saw. When another stands by the time it is posted, the form is
    invalid and holds a `conflict`; `render_form` then answers 409 with both values, and the person's choice
    comes back here as `choose-FIELD` = mine or theirs. The entry is locked from the check to the save.
    In the fields that it `joins`, long texts, it may be both: then the form is shown with the two texts put
    together, for the person to look through and save.
    """

    joins: ClassVar[frozenset[str]] = frozenset()
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    conflict: Conflict | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["seen_version"] = self.instance.standing_version()
            if self.is_bound and isinstance(self.data, QueryDict):
                self.data = self.chosen(self.data)

    def chosen(self, data: QueryDict) -> QueryDict:
        """What was posted, with their value in each field where the person chose theirs."""
        data = data.copy()
        for name in [name for name in self.fields if data.get(CHOICE + self.add_prefix(name)) == "theirs"]:
            put(data, self.fields[name], self.add_prefix(name), self.initial.get(name))
        return data

    def clean(self) -> dict[str, Any]:
        """The cleaned values; with a `conflict` and an error where another version stands than was seen, or
        where it was asked what should stand and nothing was chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = cleaned.get("seen_version")
        if self.instance.pk and (theirs := self.moved_on(seen)):
            self.conflict = self.compare(theirs, seen)
            self.add_error(None, "Somebody else changed this while you were editing it")
        elif self.instance.pk and self.unchosen():
            self.conflict = self.compare(type(self.instance)._base_manager.get(pk=self.instance.pk), seen)
            self.add_error(None, "Choose what should stand in each field")
        elif self.instance.pk and (names := self.joining()):
            self.join(names, seen)
        return cleaned

    def unchosen(self) -> set[str]:
        """The fields in which the person was asked what should stand, and did not say it."""
        chosen = {name for name in self.asked() if self.data.get(CHOICE + name) in ("mine", "theirs")}
        return self.asked() - chosen - {self.add_prefix(name) for name in self.joining()}

    def joining(self) -> list[str]:
        """The fields in which the person wants both texts."""
        return [name for name in sorted(self.joins) if self.data.get(CHOICE + self.add_prefix(name)) == BOTH]

    def join(self, names: list[str], seen: int | None) -> None:
        """Put both texts into each of these fields, which are to be looked through before they are saved."""
        before, data = self.began_with(seen), cast("Any", self.data)
        for name in names:
            mine, theirs = str(data.get(self.add_prefix(name), "")), str(self.initial.get(name) or "")
            data[self.add_prefix(name)] = put_together(getattr(before, name, None), theirs, mine)
            self.add_error(name, "Both texts stand here together. Look through them, then save")

    def asked(self) -> set[str]:
        """The fields in which the person was asked what should stand."""
        data: Any = self.data
        return {*data.getlist(TO_CHOOSE)} if isinstance(data, QueryDict) else set()

    def first_seen(self, seen: int | None) -> int | None:
        """The version the person began with, also where they are asked again what should stand."""
        typed = str(self.data.get(FIRST_SEEN, ""))
        return int(typed) if typed.isdecimal() and len(typed) < 19 else seen

    def began_with(self, seen: int | None) -> Any:
        """That version; None if it is unknown."""
        versions, first = getattr(self.instance, "history", None), self.first_seen(seen)
        return versions.filter(history_id=first).first() if versions and first else None

    def moved_on(self, seen: int | None) -> Any:
        """The entry as it stands, locked, if it is no longer the version seen; else None."""
        entry: Any = (
            type(self.instance)._base_manager.select_for_update(of=("self",)).get(pk=self.instance.pk)
        )
        return entry if entry.standing_version() != seen else None

    def compare(self, theirs: Any, seen: int | None) -> Conflict:
        """Where what was typed differs from what stands."""
        standing = theirs.standing_version()
        versions = getattr(theirs, "history", None)
        latest = versions.filter(history_id=standing).first() if versions and standing else None
        first = self.first_seen(seen)
        before = self.began_with(seen)
        found = [each for name in self.compared() if (each := self.difference(name, theirs, before))]
        return Conflict(
            version=standing,
            who=getattr(latest, "history_post", "") or getattr(latest, "history_who", "") or "",
            when=getattr(latest, "history_date", None),
            why=getattr(latest, "history_change_reason", "") or "",
            differences=[each for each in found if each.to_choose],
            posted=self.posted(),
            only_theirs=[each for each in found if each.theirs_stands],
            only_mine=[each for each in found if each.mine_stands],
            about=str(theirs),
            first_seen=first,
            authors=authors(theirs, first, latest),
        )

    def compared(self) -> list[str]:
        """The fields of the form that are fields of the entry."""
        held = {field.name for field in self.instance._meta.concrete_fields}
        return [name for name in self.fields if name in held]

    def difference(self, name: str, theirs: Model, before: Any) -> Difference | None:
        """How the two differ in one field; None where they agree."""
        field, bound = self.fields[name], self[name]
        standing = getattr(theirs, name)
        mine = self.cleaned_data.get(name, bound.value()) if name not in self.errors else bound.data
        if alike(mine, standing):
            return None
        column: Any = theirs._meta.get_field(name)
        found = self.differing(name, words(field, mine), words(field, standing))
        if not hasattr(before, column.attname):
            return found
        old = getattr(before, column.attname)
        return replace(
            found,
            before=words(field, related(column, old)),
            theirs_stands=alike(old, mine),
            mine_stands=alike(old, standing) and found.name not in self.asked(),
        )

    def differing(self, name: str, yours: str, theirs: str) -> Difference:
        """A field in which two differ, with what was chosen there, or that the choice was forgotten."""
        posted_as, label = self.add_prefix(name), str(self[name].label or name)
        chosen, missing = self.data.get(CHOICE + posted_as, ""), posted_as in self.unchosen()
        may_join = name in self.joins
        return Difference(posted_as, label, yours, theirs, chosen=chosen, missing=missing, may_join=may_join)

    def posted(self) -> list[tuple[str, str]]:
        """Everything typed, without the version seen and choices already made."""
        left_out = {"csrfmiddlewaretoken", TO_CHOOSE, FIRST_SEEN, self.add_prefix("seen_version")}
        data: Any = self.data
        pairs = [(name, str(value)) for name, values in data.lists() for value in values]
        return [pair for pair in pairs if pair[0] not in left_out and not pair[0].startswith(CHOICE)]


def authors(theirs: Any, first: int | None, latest: Any) -> frozenset[int | None]:
    """The keys of those who wrote what came after the version first seen; if that is unknown, the last."""
    if latest is None or first is None:
        return frozenset() if latest is None else frozenset({latest.history_user_id})
    key = theirs._meta.pk.attname
    later = theirs.history.filter(history_id__gt=first).filter(**{key: theirs.pk})
    return frozenset(later.order_by().values_list("history_user_id", flat=True).distinct())


def words(field: forms.Field, value: Any) -> str:
    """A value of a field in words, also where it was typed wrongly."""
    return " ".join(value) if isinstance(value, tuple) else spoken(field, value)


def alike(one: Any, other: Any) -> bool:
    """Are two values of a field the same? However a browser ends lines, and an entry like its key."""
    return bool(plain(one) == plain(other))


def plain(value: Any) -> Any:
    """A value as it is compared."""
    return "\n".join(value.splitlines()) if isinstance(value, str) else getattr(value, "pk", value)


def related(column: Any, value: Any) -> Any:
    """What a column of a version stands for: the entry itself where it holds the key of one."""
    if value is None or not column.is_relation:
        return value
    return column.related_model._base_manager.filter(pk=value).first()


def put(data: QueryDict, field: forms.Field, name: str, value: Any) -> None:
    """Write a value into posted data as the field's own control would have posted it."""
    value = field.prepare_value(value)
    if isinstance(field.widget, DateInput):
        for key, part in zip(field.widget.names(name), field.widget.typed(value), strict=True):
            data[key] = part
    elif isinstance(value, list | tuple):
        data.setlist(name, [str(each) for each in value])
    elif value is None or value is False or value == "":
        data.pop(name, None)
    else:
        data[name] = str(value)


def render_form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page of `context["form"]`; where somebody else was faster, the conflict page instead, with 409."""
    if conflict := getattr(context["form"], "conflict", None):
        own = conflict.authors == {request.user.pk}
        found = context | {
            "conflict": conflict,
            "edit_page": template,
            "own": own,
        }  # whose breadcrumbs it keeps
        return render(request, "components/conflict.html", found, status=409)
    return render(request, template, context)
