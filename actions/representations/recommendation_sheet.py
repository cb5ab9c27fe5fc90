"""The recommendations of an audit as a file: what comes in for it, by the auditor's own references, and comes
back. A file is of one audit, which is said once for all of it: what A01 means there it means nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.models import Audit, Recommendation, RecommendationPriority, ScopeArea
from actions.models.audit_references import LONGEST, wrong_in
from governance.core.dates import long_date, today
from governance.people.registers.columns import Named, Read, Refuse
from governance.people.registers.finding import finder, folded
from governance.people.registers.origins import Within
from governance.people.registers.sheet import (
    Choice,
    Day,
    Derived,
    Lookup,
    Rule,
    Sheet,
    SheetColumn,
    Text,
    YesNo,
    offer,
)

MISSING = "It is missing: each recommendation comes in under the auditor's own number"
TO_COME = "The day of the answer must be today or in the past"
THEIRS = {
    "accept": Recommendation.Response.ACCEPTED.value,
    "partially accept": Recommendation.Response.PARTIALLY.value,
    "reject": Recommendation.Response.REJECTED.value,
}
TOO_EARLY = "The day of the answer must be on or after {}, when the audit began"


@dataclass(frozen=True, kw_only=True)
class Given(Lookup):
    """A word of a list that the auditor may have left out; it is stored as no word then."""

    def named_of(self, rows: Collection[tuple[Any, ...]]) -> Named:
        """What the values are called in these rows."""
        words = super().named_of(rows)
        return Named({**words.words, "": ""})

    def refuser(self) -> Refuse:
        """Refuses what is no longer offered."""
        refuse = super().refuser()
        return lambda key: refuse(key) if key else ""


@dataclass(frozen=True, kw_only=True)
class Answer(Choice):
    """What the council answers, also in the words of auditors: accept, partially accept, reject."""

    def reader(self, words: Collection[str] = ()) -> Read:
        """The answer, found by its code, by its words, or by theirs."""
        known = {folded(word): code for code, said in self.choices for word in (code, str(said))}
        return finder(known | THEIRS, [str(said) for _, said in self.choices])


@dataclass(frozen=True, kw_only=True)
class Answered(Day):
    """The day on which the council answered: one that has come, and on which the audit had begun."""

    audit: int = 0

    def refuser(self) -> Refuse:
        """Refuses a day to come, and one before the audit."""
        begun: date | None = (
            Audit.objects.filter(pk=self.audit).values_list("audited_from", flat=True).first()
        )

        def refuse(day: date | None) -> str:
            if day and day > today():
                return TO_COME
            return TOO_EARLY.format(long_date(begun)) if day and begun and day < begun else ""

        return refuse


REFERENCE = Text(
    name="reference",
    heading="Reference",
    longest=LONGEST,
    aliases=(
        "Ref", "ID", "No", "Number", "Ref no", "Recommendation number", "Recommendation reference",
        "Recommendation no", "Rec", "Rec no",
    ),
    help="The auditor's own number, by which a row is matched with a recommendation of the audit",
)  # fmt: skip
AREA = Lookup(
    name="scope_area",
    heading="Scope area",
    attname="scope_area_id",
    among=ScopeArea.objects.all,
    by=("code", "title"),
    aliases=("Area", "Audit area", "Scope"),
    help="The code or the title of an area of the audit",
)
RESPONDED = Answered(
    name="responded_on",
    heading="Answered on",
    aliases=("Date of response", "Response date", "Date of answer"),
)
COLUMNS = (
    Text(
        name="text",
        heading="Recommendation",
        required=True,
        aliases=("Recommendation text", "Text", "What is recommended", "Agreed recommendation"),
    ),
    Text(
        name="paragraph",
        heading="Paragraph",
        longest=60,
        aliases=("Paragraph or page", "Para", "Page", "Report paragraph", "Section"),
        help="Where it stands in the report",
    ),
    AREA,
    Given(
        name="priority",
        heading="Priority",
        among=RecommendationPriority.objects.all,
        offered=RecommendationPriority.objects.offered,
        key="code",
        empty="",
        aliases=("Priority level", "Recommendation priority", "Priority rating", "Risk rating"),
    ),
    YesNo(
        name="illustrative",
        heading="Illustrative",
        empty=False,
        help="Yes where these are not the auditor's own words",
    ),
    Answer(
        name="response",
        heading="Response",
        choices=Recommendation.Response.choices,
        empty="",
        aliases=("Answer", "Council response", "Management response", "Accepted or rejected"),
    ),
    Text(
        name="response_reason",
        heading="Reason",
        aliases=("Reason for response", "Why", "Response comment", "Management comment", "Rationale"),
        help="Why it is answered so: needed where it is rejected",
    ),
    RESPONDED,
)
RULES = (
    Rule(
        "recommendation_is_not_rejected_without_reason",
        "response_reason",
        "Say why it is rejected: a recommendation is not rejected without a reason",
        lambda values: (
            values["response"] == Recommendation.Response.REJECTED and not values["response_reason"]
        ),
    ),
    Rule(
        "recommendation_answered_on_a_day_is_answered",
        "response",
        "Say how it is answered, or leave the day of the answer empty",
        lambda values: values["responded_on"] is not None and not values["response"],
    ),
)


def of_audit(audit: int) -> Mapping[str, Any]:
    """What a file of one audit is about: its recommendations, with the areas that it has."""
    narrow: dict[str, SheetColumn] = {
        AREA.name: replace(AREA, among=lambda: ScopeArea.objects.filter(audit=audit)),
        RESPONDED.name: replace(RESPONDED, audit=audit),
    }
    return {"columns": tuple(narrow.get(each.name, each) for each in COLUMNS)}


def wrong(reference: str) -> str:
    """Why no new recommendation can have this reference; "" where it can."""
    return wrong_in(reference) if reference else MISSING


WITHIN = Within(
    column=Lookup(
        name="audit",
        heading="Audit",
        attname="audit_id",
        among=Audit.objects.all,
        by=("code", "title"),
        required=True,
    ),
    asks="Which audit are they recommendations of?",
    narrowed=of_audit,
    wrong=wrong,
    elsewhere="It was written of a recommendation that this audit does not have. Is the file of another "
    "audit? Else empty the cell to enter it as new",
)
SHEET = offer(
    Sheet(
        key="recommendations",
        model=Recommendation,
        noun="recommendation",
        plural="recommendations",
        titled="text",
        columns=COLUMNS,
        reference=REFERENCE,
        rules=RULES,
        within=WITHIN,
        derived=[Derived(name="audit_title", heading=WITHIN.column.heading, path="audit__title")],
        given_on="The whole file is of the audit that is chosen with its columns",
        bring_in="actions.bring_in_recommendations",
        permission="actions.bring_over_recommendation",
        permission_on=("audit_id",),
        undone="taken off the audit",
        taken_off=True,
    )
)
