"""The front sheet of a paper, with its plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db import transaction

from actions.models import ActionPlan
from governance.committees.backplan import Backplan, Calendar
from governance.committees.beginning import lay_out
from governance.committees.blocks.union import FEWEST
from governance.committees.form import beginnings
from governance.committees.inserted.days import began, not_begun
from governance.committees.models import Meeting, Paper, PaperPlan, PaperTemplate, Step
from governance.committees.models.kind import PaperKind
from governance.committees.replaced import may_come_after
from governance.core.dates import long_date, months_before, today
from governance.core.forms import ModelForm, VersionedForm
from governance.core.forms.conflict import Conflict, Difference
from governance.core.forms.wording import InPlainWords
from governance.figures.moment import Scope

if TYPE_CHECKING:
    from governance.people.models import User

FRONT_SHEET = [
    "meeting",
    "title",
    "report_of",
    "cabinet_member",
    "director_approving",
    "wards",
    "key_decision",
    "publication_status",
    "security_marking",
    "as_at",
    "published_on",
    "tells_movement",
    "tells_union",
    "tells_maturity",
    "tells_risks",
    "tells_restatements",
]


class FrontSheet(InPlainWords, forms.Form):
    """The plans that a paper reports on, and the front sheet."""

    instance: Paper

    plans = forms.ModelMultipleChoiceField(
        queryset=ActionPlan.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        label="Action plans",
        required=False,
        help_text="The figures, sentences and appendices are made for each of these",
    )

    class Meta:
        model = Paper
        fields = FRONT_SHEET
        labels = {
            "as_at": "Figures as at",
            "published_on": "To be published on",
            "tells_movement": "Print what moved on each plan since the last report, by reference",
            "tells_union": "Print the plans counted together",
            "tells_maturity": "Print the figures of maturity",
            "tells_risks": "Print the figures of information risks too",
            "tells_restatements": "Print every figure told to this body that is known otherwise",
        }
        help_texts = {
            "as_at": "Not after the meeting. Leave empty for the day of issue",
            "published_on": "With the notice that its body asks for. Leave empty for the day of issue",
            "publication_status": "For example, Public",
            "security_marking": "Printed at the head of the paper",
            "tells_movement": "Open at the start, added, reopened, completed, withdrawn, open at the end",
            "tells_union": "For two or more plans: each piece of work once, and what overlaps with what",
            "tells_maturity": "The level and target of each area, beside the assessment before",
            "tells_restatements": "Errors, and what is not yet classed, are printed in any case",
            "tells_risks": "How many there are, and how many are above appetite: numbers, no titles",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not settings.PAPER_MARKINGS:
            del self.fields["security_marking"]
        meetings = self.fields["meeting"]
        assert isinstance(meetings, forms.ModelChoiceField)
        meetings.queryset = Meeting.objects.named()
        meetings.label_from_instance = _called  # type: ignore[method-assign, assignment]
        self.plan = self._planned(meetings)
        if self.plan:
            self._tell_days(self.plan)

    def _planned(self, meetings: forms.ModelChoiceField[Meeting]) -> Backplan | None:
        """The days before the meeting that is chosen; None where none is."""
        try:
            meeting = meetings.clean(self["meeting"].value())
        except forms.ValidationError:
            return None
        return Calendar.current().plan(meeting)

    def _tell_days(self, plan: Backplan) -> None:
        frozen, by = (long_date(plan.due(step)) for step in (Step.FREEZE, Step.PUBLICATION))
        empty = "Leave empty for the day of issue"
        self.fields["as_at"].help_text = f"Not after the meeting; its calendar says {frozen}. {empty}"
        self.fields["published_on"].help_text = f"With {plan.notice} of notice: by {by}. {empty}"

    def clean_meeting(self) -> Meeting:
        """A meeting that takes papers."""
        meeting: Meeting = self.cleaned_data["meeting"]
        if not meeting.takes_papers:
            raise forms.ValidationError(f"{meeting.cancellation} Choose another")
        return meeting

    def clean(self) -> dict[str, Any]:
        """A paper has figures of something, and its dates come in order; no day of figures means today."""
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        if "plans" not in self.errors:
            self._keep_told(chosen)
        as_at, published, meeting = (chosen.get(name) for name in ("as_at", "published_on", "meeting"))
        if as_at and published and published < as_at:
            self.add_error(
                "published_on", "The day of publication must be on or after the day of the figures"
            )
        if as_at and (early := _too_early(as_at, chosen)):
            self.add_error("as_at", early)
        if meeting:
            self._keep_before(meeting, as_at, published)
        return chosen

    def _keep_told(self, chosen: dict[str, Any]) -> None:
        """There is something to tell, and of several plans only where there are several."""
        plans = list(chosen.get("plans") or ())
        kind = chosen.get("kind") or self.instance.kind
        told = plans or chosen.get("tells_risks") or chosen.get("tells_maturity")
        if not told and not beginnings()[kind].alone and not self.instance.corrects_id:
            sentence = "Select at least one action plan, or print the figures of risks or of maturity"
            self.add_error("plans", sentence)
        if chosen.get("tells_union") and len(plans) < FEWEST:
            self.add_error("tells_union", "Select two or more action plans, or do not count plans together")

    def _keep_before(self, meeting: Meeting, as_at: date | None, published: date | None) -> None:
        held = meeting.held_on
        if as_at and as_at > held:
            self.add_error("as_at", "The day of the figures must be on or before the day of the meeting")
        if not as_at and "as_at" not in self.errors and today() > held:
            sentence = f"The meeting was on {long_date(held)}. Enter a day of the figures on or before it"
            self.add_error("as_at", sentence)
        if published and published > held and not may_come_after(self.instance, meeting):
            self.add_error("published_on", "The day of publication must be on or before the meeting")

    def put_plans(self, paper: Paper) -> None:
        """Link the plans chosen, in the order of their codes, and unlink the others."""
        chosen = list(self.cleaned_data["plans"])
        paper.plan_links.exclude(plan__in=chosen).delete()
        for position, plan in enumerate(chosen, 1):
            PaperPlan.objects.update_or_create(paper=paper, plan=plan, defaults={"position": position})


class NewPaperForm(FrontSheet, ModelForm):
    """A new draft with the headings of a form of report, and what its kind begins with."""

    template = forms.ModelChoiceField(
        queryset=PaperTemplate.objects.none(),
        widget=forms.RadioSelect,
        label="Form of the report",
        empty_label=None,
        help_text="Its headings come with it, and the paper keeps this version of the form",
    )

    class Meta(FrontSheet.Meta):
        fields = ["kind", *FRONT_SHEET]

    field_order = ["kind", "template"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = PaperTemplate.objects.offered()
        self.fields["template"].queryset = offered  # type: ignore[attr-defined]
        self.fields["kind"].required = False
        if self.plan and self.plan.published_by >= today():
            self.initial.setdefault("published_on", self.plan.published_by)
        if not offered:
            del self.fields["template"]

    def clean_kind(self) -> str:
        """Progress of plans, unless another is chosen."""
        return self.cleaned_data["kind"] or str(self.instance.kind)

    def clean_as_at(self) -> date | None:
        """The day of the figures; of an annual position the last 31 March, unless another is chosen."""
        day: date | None = self.cleaned_data["as_at"]
        if day or self.cleaned_data.get("kind") != PaperKind.POSITION:
            return day
        this_year = today().replace(month=3, day=31)
        return this_year if this_year <= today() else months_before(this_year, 12)

    def _keep_told(self, chosen: dict[str, Any]) -> None:
        """What the kind tells beside the plans is switched on first; several plans only where there are."""
        several = len(chosen.get("plans") or ()) >= FEWEST
        for part in beginnings()[chosen.get("kind") or self.instance.kind].tells:
            if several or part != "union":
                chosen[f"tells_{part}"] = True
        super()._keep_told(chosen)

    def save_by(self, person: User) -> Paper:
        """The draft, with its plans and headings."""
        with transaction.atomic():
            self.instance.created_by = person
            self.instance.template = self.cleaned_data.get("template")
            paper: Paper = self.save()
            self.put_plans(paper)
            lay_out(paper)
        return paper


class PaperForm(FrontSheet, VersionedForm):
    """Change the front sheet and the plans of a draft. The plans that were seen are carried like the version:
    a link is an entry of its own, so that the version of the paper does not tell of it.
    """

    seen_plans = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta(FrontSheet.Meta):
        pass

    def __init__(self, *args: Any, **options: Any) -> None:
        self.standing_plans = list(options["instance"].plans.order_by("pk"))
        options["initial"] = {"plans": [plan.pk for plan in self.standing_plans], "seen_plans": self.marked()}
        super().__init__(*args, **options)

    def marked(self) -> str:
        """The plans that stand, as the form carries them."""
        return " ".join(str(plan.pk) for plan in self.standing_plans)

    def moved_on(self, seen: int | None) -> Any:
        """The paper as it stands, if it or its plans are no longer those seen."""
        standing = Paper.objects.locked().get(pk=self.instance.pk)
        same = self.cleaned_data.get("seen_plans") == self.marked()
        return super().moved_on(seen) or (None if same else standing)

    def compare(self, theirs: Any, seen: int | None) -> Conflict:
        """As for any entry; who changed the plans is no author, so that nobody is called the only one."""
        found = super().compare(theirs, seen)
        same = self.cleaned_data.get("seen_plans") == self.marked()
        return found if same else replace(found, authors=frozenset())

    def compared(self) -> list[str]:
        """The front sheet and the plans."""
        return ["plans", *super().compared()]

    def difference(self, name: str, theirs: Any, before: Any) -> Difference | None:
        """How the two differ in one field; the plans are compared whatever their order."""
        if name != "plans":
            return super().difference(name, theirs, before)
        mine = sorted(self.cleaned_data.get("plans") or (), key=lambda plan: plan.pk)
        if mine == self.standing_plans:
            return None
        seen = self.cleaned_data.get("seen_plans", "")
        before = ActionPlan.objects.filter(pk__in=filter(str.isdecimal, seen.split())).order_by("pk")
        yours, stand, old = (
            ", ".join(map(str, plans)) or "None" for plans in (mine, self.standing_plans, before)
        )
        return replace(
            self.differing(name, yours, stand),
            before=None if name in self.asked() else old,
            theirs_stands=list(before) == mine,
            mine_stands=seen == self.marked() and name not in self.asked(),
        )

    def posted(self) -> list[tuple[str, str]]:
        """Everything typed, with the plans that stand as those seen now."""
        seen = self.add_prefix("seen_plans")
        return [pair for pair in super().posted() if pair[0] != seen] + [(seen, self.marked())]

    def save(self, commit: bool = True) -> Paper:  # noqa: FBT001, FBT002 - Django's signature
        """The draft as typed."""
        with transaction.atomic():
            paper: Paper = super().save(commit)
            self.put_plans(paper)
        return paper


def _called(meeting: Meeting) -> str:
    return str(meeting) if meeting.takes_papers else f"{meeting} (cancelled)"


def _too_early(day: date, chosen: dict[str, Any]) -> str:
    """That what the paper tells of had not begun by the day of its figures; "" where it had.

    The plans decide; without any, what of the council as a whole began first.
    """
    kinds = {"tells_risks": "risks.risk", "tells_maturity": "actions.maturityscore"}
    told = [kind for name, kind in kinds.items() if chosen.get(name)]
    plans = tuple(plan.code for plan in chosen.get("plans") or ())
    first_days = [began(kind, Scope(plans=plans)) for kind in (["actions.progressupdate"] if plans else told)]
    first = min(filter(None, first_days), default=None)
    return not_begun(day, first) if first and day < first else ""
