"""Entering bodies and meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify

from governance.committees.models import Body, Meeting
from governance.core.forms import ModelForm

if TYPE_CHECKING:
    pass


class EnteredOnceForm(ModelForm):
    """A new entry of which there is one only. `ONCE` says where and in what words it is there already."""

    ONCE: ClassVar[tuple[str, str]]

    def entered(self) -> bool:
        """Save it. False, with that sentence, if somebody else entered it in this very moment."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            self.add_error(*self.ONCE)
        return not self.errors


class BodyForm(EnteredOnceForm):
    """A new body. Its code, which files name it by, is made from its name."""

    ONCE = ("name", "A body of this name is there already")

    class Meta:
        model = Body
        fields = ["name", "kind"]

    def clean_name(self) -> str:
        """A name that no body has, from which a code can be made."""
        name: str = self.cleaned_data["name"]
        self.instance.code = slugify(name)[: Body._meta.get_field("code").max_length]
        if not self.instance.code:
            raise forms.ValidationError("The name must have letters or numbers")
        if Body.objects.filter(Q(code=self.instance.code) | Q(name__iexact=name)).exists():
            raise forms.ValidationError(self.ONCE[1])
        return name


class MeetingForm(EnteredOnceForm):
    """A new meeting of a body."""

    ONCE = ("held_on", "This meeting is there already")

    class Meta:
        model = Meeting
        fields = ["body", "held_on", "place"]

    def clean(self) -> dict[str, Any]:
        """A body meets once a day."""
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        if chosen.get("body") and chosen.get("held_on"):
            known = Meeting.objects.filter(body=chosen["body"], held_on=chosen["held_on"])
            if known.exists():
                self.add_error(*self.ONCE)
        return chosen

    def _post_clean(self) -> None:
        """The one rule of the database that a person can break is said above, in plain words."""
        self._validate_unique = False
        forms.models.construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
