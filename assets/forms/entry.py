"""A new asset, and the steps of its life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import QueryDict

from assets.models import Asset
from assets.models.states import BY_DISPOSAL, MEANINGS, steps_from
from governance.core.dates import today
from governance.core.forms import ChangeReason, Form, ModelForm
from governance.people.registers.forms import units_to_choose

if TYPE_CHECKING:
    from governance.people.models import User

REFUSED = "You may enter assets of your own post or unit only. Ask the Information Governance Team"
DRAFTS_ONLY = "You may propose it as a draft. The owner or the Information Governance Team makes it live"


class NewAssetForm(ModelForm):
    """Enter an asset: what it is, and who answers for it. The rest is said section by section."""

    state = forms.ChoiceField(
        label="Is it ready for the register?",
        choices=[
            (Asset.State.DRAFT, "Not yet: keep it as a draft"),
            (Asset.State.LIVE, "Yes: put it on the register"),
        ],
        initial=Asset.State.DRAFT,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Asset
        fields = ("title", "description", "form", "owner", "unit", "state")
        widgets: ClassVar[dict[str, Any]] = {
            "form": forms.RadioSelect,
            "description": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts: ClassVar[dict[str, str]] = {
            "title": "What the people who use it call it",
            "description": "What it holds. One entry for each body of information managed as one unit",
            "owner": "The post, usually a head of service, that answers for it to the SIRO",
            "unit": "The service that holds it today",
        }

    def __init__(self, data: QueryDict | None, *, person: User) -> None:
        super().__init__(data)
        self.person = person
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units_to_choose(today(), None)

    def _post_clean(self) -> None:
        """Django's, then what the rules say of the entry as it would be."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors or self.person.has_perm("assets.add_asset", self.instance):
            return
        self.instance.state = Asset.State.DRAFT
        proposing = self.person.has_perm("assets.add_asset", self.instance)
        self.add_error("state", DRAFTS_ONLY) if proposing else self.add_error("unit", REFUSED)

    @property
    def reason(self) -> str:
        """What the history says of how it came in."""
        draft = self.instance.state == Asset.State.DRAFT
        return "Entered as a draft" if draft else "Entered on the register"


class StateForm(Form):
    """Take an entry a step further in its life, with a reason.

    What only a certified disposal reaches is not offered here.
    """

    to = forms.ChoiceField(label="What does it become?", widget=forms.RadioSelect)
    reason = ChangeReason()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    was_overtaken = False

    def __init__(self, data: QueryDict | None, *, asset: Asset, person: User) -> None:
        super().__init__(data, initial={"seen": asset.state})
        self.asset, self.person = asset, person
        self.offer()

    def offer(self) -> None:
        """Offer the steps from where the entry stands."""
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [(state, f"{state.label}: {MEANINGS[state]}") for state in self.steps]

    @property
    def steps(self) -> list[Asset.State]:
        """What can be chosen."""
        return [state for state in steps_from(self.asset.state) if state not in BY_DISPOSAL]

    def clean(self) -> dict[str, Any]:
        """What was chosen, unless somebody else was faster."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("seen") != self.asset.state:
            self.moved_on()
        return cleaned

    def moved_on(self) -> None:
        """Say where the entry stands now, and let the person choose again from there."""
        self.asset.refresh_from_db()
        self.offer()
        self.was_overtaken = True
        now = self.asset.get_state_display().lower()
        self.add_error(None, f"{self.asset.reference} is {now} since you opened this page: choose again")
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["seen"] = self.asset.state
