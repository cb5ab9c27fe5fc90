"""Recording an assessment of maturity on one page, and putting right what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from actions.models import Action, ActionArea, Audit, MaturityArea, MaturityAssessment, MaturityScore
from assets.forms.held import RowForm
from governance.core.dates import today
from governance.core.forms import ChangeReason, DateField, Explanation, Form
from governance.people.registers.forms import EntryForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms.boundfield import BoundField
    from django.http import QueryDict

    from actions.models import MaturityLevel, MaturityModel

    _Choice = forms.ModelChoiceField[MaturityArea]
else:
    _Choice = forms.ModelChoiceField

AS_AT = "Some assessments are written up later: this is the day as at which it says how things stood"
OVERALL = "In the assessor's own words, such as “low-medium”. It is never worked out from the areas"


class AssessmentForm(Form):
    """Everything an assessment says: who, when, the overall, and for each area a level and a target."""

    as_at = DateField(label="As at", subject="The day of the assessment", latest=today, help_text=AS_AT)
    kind = forms.ChoiceField(
        label="Who assessed?", choices=MaturityAssessment.Kind.choices, widget=forms.RadioSelect
    )
    assessor = forms.CharField(label="The post or the firm that assessed", max_length=200)
    overall = forms.CharField(label="Overall, as given", max_length=100, required=False, help_text=OVERALL)
    note = Explanation(label="What else was said", required=False)
    source_document = forms.CharField(label="Where it is written", max_length=200, required=False)
    audit = forms.ModelChoiceField(
        Audit.objects.all(), label="The audit it came from", required=False, empty_label="None"
    )
    FACTS = ("as_at", "kind", "assessor", "overall", "note", "source_document", "audit")

    def __init__(self, data: Any, *, model: MaturityModel) -> None:
        super().__init__(data)
        self.areas = list(model.areas.all())
        self.levels = {str(each.number): each for each in model.levels.all()}
        for area in self.areas:
            self.fields |= _fields(area, self.levels)

    def facts(self) -> dict[str, Any]:
        """What is said of the whole. Only of a form without errors."""
        return {name: self.cleaned_data[name] for name in self.FACTS}

    def clean(self) -> dict[str, Any]:
        """What was typed; a target or a finding without a level is refused."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for area in self.areas:
            level, *others = (cleaned.get(f"{part}_{area.pk}") for part in ("level", "target", "finding"))
            if any(others) and not level and f"level_{area.pk}" not in self.errors:
                self.add_error(f"level_{area.pk}", f"Choose the level of “{area}”, or leave all of it empty")
        return cleaned

    def scores(self) -> dict[MaturityArea, dict[str, Any]]:
        """The level, target and finding of each area that has a level. Only of a form without errors."""
        return {area: given for area in self.areas if (given := self._score(area))}

    def _score(self, area: MaturityArea) -> dict[str, Any] | None:
        level, target, finding = (
            self.cleaned_data[f"{part}_{area.pk}"] for part in ("level", "target", "finding")
        )
        found = {"level": self.levels.get(level), "target": self.levels.get(target), "finding": finding}
        return found if level else None

    # As the page lays it out

    def about(self) -> Iterator[BoundField]:
        """The fields of the whole."""
        return (self[name] for name in self.FACTS)

    def rows(self) -> Iterator[tuple[MaturityArea, BoundField, BoundField, BoundField]]:
        """The fields of each area."""
        for area in self.areas:
            yield area, self[f"level_{area.pk}"], self[f"target_{area.pk}"], self[f"finding_{area.pk}"]


def _fields(area: MaturityArea, levels: dict[str, MaturityLevel]) -> dict[str, forms.Field]:
    choices = [(number, str(level)) for number, level in levels.items()]
    return {
        f"level_{area.pk}": forms.ChoiceField(
            label=f"Level of {area}", choices=[("", "No level"), *choices], required=False
        ),
        f"target_{area.pk}": forms.ChoiceField(
            label=f"Target for {area}", choices=[("", "No target"), *choices], required=False
        ),
        f"finding_{area.pk}": Explanation(label=f"What was found of {area}", rows=2, required=False),
    }


class AssessmentFactsForm(EntryForm):
    """Change what an assessment says of the whole, with the reason."""

    permission = "actions.keep_maturity"

    class Meta:
        model = MaturityAssessment
        fields = ("kind", "assessor", "overall", "note", "source_document", "audit")
        help_texts = {"overall": OVERALL}


class RedateForm(Form):
    """Say that an assessment was as at another day; `seen` is the day that was shown."""

    as_at = DateField(label="As at", subject="The day of the assessment", latest=today, help_text=AS_AT)
    reason = ChangeReason()
    seen = forms.CharField(widget=forms.HiddenInput)


class ScoreForm(Form):
    """Put right the level of one area; `seen` is the row that was shown."""

    level = forms.ChoiceField(required=False)
    target = forms.ChoiceField(required=False)
    finding = Explanation(label="What was found", required=False)
    reason = ChangeReason()
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, area: MaturityArea, standing: MaturityScore | None) -> None:
        said = standing if standing and not standing.void else None
        initial = {"seen": standing.pk if standing else 0, "finding": said.finding if said else ""}
        if said:
            initial["level"] = said.level.number
            initial["target"] = said.target.number if said.target else ""
        super().__init__(data, initial=initial)
        self.levels = {str(each.number): each for each in area.model.levels.all()}
        choices = [(number, str(level)) for number, level in self.levels.items()]
        for name, none in (("level", "No level was given"), ("target", "No target")):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", none), *choices]

    def clean(self) -> dict[str, Any]:
        """What was typed; a target or a finding without a level is refused."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (cleaned.get("target") or cleaned.get("finding")) and not cleaned.get("level"):
            self.add_error("level", "Choose a level, or leave target and finding empty as well")
        return cleaned

    def given(self) -> dict[str, Any]:
        """The level, target and finding, why, and what was seen. Only of a form without errors."""
        said = self.cleaned_data
        levels = {name: self.levels.get(said[name]) for name in ("level", "target")}
        return {**levels, **{name: said[name] for name in ("finding", "reason", "seen")}}


class AreaField(_Choice):
    """An area, under the name of its model."""

    def label_from_instance(self, area: Any) -> str:
        """Both names."""
        return f"{area.model}: {area}"


class ImprovesForm(RowForm):
    """Say that an action improves an area of maturity."""

    same = "It is recorded already that this action improves that area"
    taken = f"{same}, or its model became a draft again"
    SENTENCES = {"action_improves_an_area_once": (("area",), same)}

    class Meta:
        model = ActionArea
        fields = ("area",)

    def __init__(self, data: QueryDict | None, *, action: Action) -> None:
        super().__init__(data, instance=ActionArea(action=action))
        self.fields["area"] = AreaField(MaturityArea.objects.in_use(), empty_label="Choose an area")
