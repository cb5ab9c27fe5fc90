"""Asking services, drawing samples, checking answers, and signing the position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from assets.models import Campaign, CampaignService, SampledAnswer
from governance.core.dates import today
from governance.core.forms import DateField, Explanation, Form, ModelForm, VersionedForm
from governance.people.models import OrganisationalUnit


class CampaignForm(ModelForm):
    """Ask services to confirm what they hold."""

    units = forms.ModelMultipleChoiceField(
        OrganisationalUnit.objects.none(),
        label="Which services are asked?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select the services to ask"},
    )

    class Meta:
        model = Campaign
        fields = ("title", "words", "from_on", "until_on")
        labels: ClassVar = {
            "title": "Title",
            "words": "What services are told",
            "from_on": "Asked from",
            "until_on": "To be returned by",
        }
        help_texts: ClassVar = {"title": "Such as Confirmation of assets 2026"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].widget.attrs["rows"] = 3
        self.fields["from_on"].initial = today
        units = self.fields["units"]
        assert isinstance(units, forms.ModelMultipleChoiceField)
        units.queryset = OrganisationalUnit.objects.in_force(today())

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and no service is asked by two campaigns at once."""
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", "To be returned by must be the same as or after asked from")
        elif begins and ends and cleaned.get("units"):
            under_way = CampaignService.objects.asked_between(begins, ends)
            self.refuse_those_asked(under_way.filter(unit__in=cleaned["units"]))
        return cleaned

    def refuse_those_asked(self, asked: Iterable[CampaignService]) -> None:
        """Name the services that another campaign asks on these days."""
        if told := ", ".join(f"{each.unit} ({each.campaign})" for each in asked):
            self.add_error("units", f"Another campaign asks these services on the same days: {told}")


class DrawForm(Form):
    """Draw answers that said that nothing has changed."""

    from_on = DateField(label="Answers given from", latest=today)
    until_on = DateField(label="Answers given until", initial=today, latest=today)
    size = forms.IntegerField(label="How many to draw", min_value=1, max_value=500, initial=20)

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", "Answers given until must be the same as or after answers given from")
        return cleaned


class CheckForm(VersionedForm):
    """What an officer found when looking at an answer."""

    class Meta:
        model = SampledAnswer
        fields = ("finding", "note")
        labels: ClassVar = {"finding": "What did you find?", "note": "Note"}
        widgets: ClassVar = {"finding": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["finding"] = forms.ChoiceField(
            label="What did you find?",
            choices=SampledAnswer.Finding.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Select what you found"},
        )

    def clean(self) -> dict[str, Any]:
        """A difference is described."""
        cleaned = super().clean()
        if cleaned.get("finding") == SampledAnswer.Finding.DIFFERENT and not cleaned.get("note"):
            self.add_error("note", "Enter what you found different")
        return cleaned

    def _post_clean(self) -> None:
        """The constraints are about what is signed and dated on saving: the database holds them."""
        self._validate_constraints = False
        super()._post_clean()  # type: ignore[misc]


class SignForm(Form):
    """Sign the position. `waiting` says for each choice who below it has not signed; then why is asked."""

    signing = forms.ChoiceField(label="For what do you sign?", widget=forms.RadioSelect)
    words = Explanation(label="Your statement", rows=4)
    ahead = Explanation(label="Why do you sign before they have?", required=False)

    def __init__(
        self,
        *args: Any,
        choices: list[tuple[str, str]],
        waiting: Mapping[str, Sequence[str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.waiting = waiting
        field = self.fields["signing"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]
        if late := dict.fromkeys(post for posts in waiting.values() for post in posts):
            self.fields["ahead"].help_text = f"Not signed yet: {', '.join(late)}. Kept and printed with yours"
        else:
            del self.fields["ahead"]

    def clean(self) -> dict[str, Any]:
        """Nobody signs before those below without a word."""
        cleaned = super().clean() or self.cleaned_data
        late = self.waiting.get(cleaned.get("signing", ""), ())
        if late and "ahead" in cleaned and not cleaned["ahead"]:
            self.add_error("ahead", f"Enter why you sign before {', '.join(late)}")
        return cleaned
