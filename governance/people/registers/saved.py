"""Saving a view of a register: its filters, order and day under a name, with a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from governance.core.forms import Form
from governance.people.models import SavedView

if TYPE_CHECKING:
    from governance.people.models import User

LONGEST = 2000


def address_part(typed: str) -> str:
    """What was after the ?, written anew: nothing of it but names and values; the page number left out."""
    asked = QueryDict(typed.lstrip("?"), mutable=True)
    asked.pop("page", None)
    return asked.urlencode()


class SaveViewForm(Form):
    """Save the view a person looks at. Who may share is offered to."""

    mark_optional = False
    name = forms.CharField(label="Name of this view", max_length=80)
    is_shared = forms.BooleanField(label="Share it with all who read the register", required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(
        self,
        *args: Any,
        person: User,
        register: str,
        may_share: bool,
        whole: str = "register",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.person, self.register = person, register
        self.fields["is_shared"].label = f"Share it with all who read the {whole}"
        if not may_share:
            del self.fields["is_shared"]

    def clean_query(self) -> str:
        """The address, if it can be kept."""
        query = address_part(self.cleaned_data["query"])
        if len(query) > LONGEST:
            raise forms.ValidationError("This view has too many filters to be saved. Take some off")
        return query

    def clean_name(self) -> str:
        """A name that this person has not used for another view."""
        name: str = self.cleaned_data["name"]
        if SavedView.objects.filter(person=self.person, register=self.register, name=name).exists():
            raise forms.ValidationError(f"You have a view called “{name}” already. Choose another name")
        return name

    def save(self) -> SavedView | None:
        """The view; None where this person has just saved another of that name, as the form then says."""
        view, is_new = SavedView.objects.get_or_create(
            person=self.person,
            register=self.register,
            name=self.cleaned_data["name"],
            defaults={
                "query": self.cleaned_data["query"],
                "is_shared": self.cleaned_data.get("is_shared", False),
            },
        )
        if not is_new:
            self.add_error("name", f"You have a view called “{view.name}” already. Choose another name")
        return view if is_new else None
