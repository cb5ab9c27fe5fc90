"""Obligations to publish, and publications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import QueryDict

from assets.forms.held import HeldForm, NewForm, Worded
from assets.models import Obligation, Publication
from assets.models.periods import EARLIEST, LATEST
from governance.core.dates import today
from governance.core.forms import DateField, Explanation, ModelForm

if TYPE_CHECKING:
    from governance.people.models import User

SENTENCES: dict[str, tuple[tuple[str, ...], str]] = {
    "obligation_that_does_not_apply_says_why": (("applies_reason",), "Say why it does not apply"),
    "obligation_stars_are_0_to_5": (("stars",), "Stars must be a number from 0 to 5"),
    "obligation_with_stars_has_a_licence": (
        ("licence",),
        "Select the licence: without an open licence there is no star",
    ),
    "publication_can_be_shown": (
        ("evidence",),
        "Enter the address where it was published, or what else shows that it was",
    ),
}


def web_address(label: str = "Where it is published") -> forms.URLField:
    """A field for an address on the web; one typed without its beginning is taken for https."""
    return forms.URLField(label=label, required=False, max_length=500, assume_scheme="https")


class ObligationForm(HeldForm):
    """Change an obligation."""

    address = web_address()

    permission = "assets.change_obligation"
    SENTENCES = SENTENCES

    class Meta:
        model = Obligation
        fields = (
            "title", "description", "basis", "is_mandatory", "frequency", "owner", "unit", "address",
            "format", "licence", "stars", "applies", "applies_reason",
        )  # fmt: skip
        help_texts: ClassVar[dict[str, str]] = {
            "stars": "0 to 5: on the web with an open licence, structured, in an open format, with addresses "
            "for its things, linked to other data",
            "applies_reason": "Only where it does not apply",
        }

    def clean(self) -> dict[str, Any]:
        """No open licence, no star (domain.md 9.2)."""
        cleaned = super().clean()
        return unless_starred_without_open_licence(self, cleaned)


class NewObligationForm(NewForm):
    """Enter something that the council must publish, or says it will."""

    permission = "assets.change_obligation"
    prefix_of_references = "TC"
    address = web_address()
    SENTENCES = SENTENCES

    class Meta:
        model = Obligation
        fields = ("title", "description", "basis", "is_mandatory", "frequency", "owner", "unit", "address")


class PublicationForm(Worded, ModelForm):
    """Record that a dataset was published."""

    SENTENCES = SENTENCES
    effective_on = DateField(
        label="Published on", subject="The day of publication", earliest=EARLIEST, latest=today
    )
    covers_until = DateField(
        label="Last day that the data are about",
        help_text="Such as the last day of the quarter. What is next due is reckoned from it",
        earliest=EARLIEST,
        latest=LATEST,
    )

    address = web_address("Address of what was published")

    class Meta:
        model = Publication
        fields = ("effective_on", "covers_until", "address", "evidence")

    def __init__(self, data: QueryDict | None, *, obligation: Obligation, person: User) -> None:
        super().__init__(data, instance=Publication(obligation=obligation, recorded_by=person))
        self.initial.setdefault("address", obligation.address)


class TakeBackForm(ModelForm):
    """Record that something was not published after all."""

    evidence = Explanation(label="Why was it not?", rows=4)

    class Meta:
        model = Publication
        fields = ("evidence",)


def unless_starred_without_open_licence(form: forms.BaseForm, cleaned: dict[str, Any]) -> dict[str, Any]:
    """The cleaned values, with an error where stars are claimed under a licence that is not open."""
    licence = cleaned.get("licence")
    if cleaned.get("stars") and licence and not licence.is_open:
        form.add_error(
            "stars", "Without an open licence there is no star: enter 0, or select an open licence"
        )
    return cleaned
