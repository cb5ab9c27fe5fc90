"""What is decided and done about an incident: each step has its own short form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import QueryDict

from assets.forms.held import AssetReferenceField, RowForm, Worded
from governance.core.forms import ChangeReason, Explanation, Form, ModelForm, MomentField
from governance.people.models import Post
from risks.forms.incident_deciding import recipients
from risks.models import (
    Incident,
    IncidentAsset,
    IncidentNotice,
    IncidentPost,
    IncidentRisk,
    Risk,
)
from risks.models.incident import MEANINGS, STEPS

if TYPE_CHECKING:
    from governance.people.models import User


class NoticeForm(Worded, ModelForm):
    """That somebody was told, or what was written to and fro."""

    at = MomentField(label="When was that?", subject="The time", help_text="Such as 29 3 2026 and 09:15")

    class Meta:
        model = IncidentNotice
        fields = ("recipient", "kind", "at", "words", "their_reference", "late_reason")
        widgets: ClassVar[dict[str, Any]] = {"kind": forms.RadioSelect}
        labels: ClassVar[dict[str, str]] = {
            "recipient": "Who is this about?",
            "kind": "What took place?",
            "words": "What was said?",
            "late_reason": "Why after the 72 hours?",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "kind": "The clock stops with the first notification of the ICO",
            "words": "In short, and where the letter is kept. Posts, no names",
            "late_reason": "Only for a notification of the ICO that was late",
        }

    def __init__(
        self, data: QueryDict | None, *, incident: Incident, corrects: IncidentNotice | None
    ) -> None:
        kept = ("recipient_id", "kind", "at", "words", "their_reference", "late_reason")
        before = {name: getattr(corrects, name) for name in kept} if corrects else {}
        super().__init__(data, instance=IncidentNotice(incident=incident, corrects=corrects, **before))
        recipient: Any = self.fields["recipient"]
        recipient.queryset = recipients()
        if corrects:
            self.fields["void"] = forms.BooleanField(
                label="It never happened: the entry was made in error", required=False
            )

    def clean(self) -> dict[str, Any]:
        """What was typed."""
        cleaned = super().clean() or self.cleaned_data
        self.instance.void = bool(cleaned.get("void"))
        return cleaned

    def check_constraints(self) -> None:
        """What the database compares with its own clock, it compares itself; the rest the fields ask for."""


class NoteForm(Form):
    """What became known."""

    words = Explanation(
        label="What is to be noted?", rows=5, help_text="It stands as it is written. No names"
    )


class MoveForm(Form):
    """Take an incident a step further, with a reason."""

    to = forms.ChoiceField(label="What does it become?", widget=forms.RadioSelect)
    owner = forms.ModelChoiceField(
        Post.objects.none(), label="Which post handles it?", required=False, empty_label="Nobody yet"
    )
    reason = ChangeReason()

    def __init__(self, data: QueryDict | None, *, incident: Incident) -> None:
        super().__init__(data, initial={"owner": incident.owner_id})
        to, owner = self.fields["to"], self.fields["owner"]
        assert isinstance(to, forms.ChoiceField)
        assert isinstance(owner, forms.ModelChoiceField)
        to.choices = [(step, f"{step.label}: {MEANINGS[step]}") for step in STEPS[incident.state]]
        owner.queryset = Post.objects.order_by("title")


class ConcernedAssetForm(RowForm):
    """Say that an incident concerns an asset."""

    asset = AssetReferenceField()
    taken = "That asset is named already"
    SENTENCES = {"incident_concerns_an_asset_once": (("asset",), taken)}

    class Meta:
        model = IncidentAsset
        fields = ("asset", "note")

    def __init__(self, data: QueryDict | None, *, incident: Incident, person: User) -> None:
        super().__init__(data, instance=IncidentAsset(incident=incident))
        field = self.fields["asset"]
        assert isinstance(field, AssetReferenceField)
        field.person = person


class ConcernedRiskForm(RowForm):
    """Say what an incident has to do with a risk."""

    risk = forms.CharField(label="Reference of the risk", max_length=12, help_text="Such as IR-0042")
    taken = "That risk is named already"
    SENTENCES = {"incident_names_a_risk_once": (("risk",), taken)}

    class Meta:
        model = IncidentRisk
        fields = ("risk", "part")
        widgets: ClassVar[dict[str, Any]] = {"part": forms.RadioSelect}

    def __init__(self, data: QueryDict | None, *, incident: Incident, person: User) -> None:
        super().__init__(data, instance=IncidentRisk(incident=incident))
        self.person = person

    def clean_risk(self) -> Risk:
        """The risk, among those that the person may open."""
        typed = self.cleaned_data["risk"]
        found = Risk.objects.visible_to(self.person).filter(reference__iexact=typed).first()
        if found is None:
            raise forms.ValidationError(f"There is no risk {typed} that you may open")
        return found


class NeedToKnowForm(RowForm):
    """Name a post that needs to know."""

    taken = "That post is named already"
    SENTENCES = {"incident_names_a_post_once": (("post",), taken)}

    class Meta:
        model = IncidentPost
        fields = ("post", "why", "involved")

    def __init__(self, data: QueryDict | None, *, incident: Incident, person: User) -> None:
        super().__init__(data, instance=IncidentPost(incident=incident))
        self.fields["involved"].help_text = "Who was involved decides nothing about it"
        post: Any = self.fields["post"]
        post.queryset = Post.objects.order_by("title")
