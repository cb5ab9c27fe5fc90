"""Northmere's maturity: assessed by In-Form Consult in 2016, and again by the council itself in 2017.

The papers give the overall, two names of levels, and that no area was at level 1 (seed-inventory.md 159 to
161). Which areas there were they do not give, and nothing of a second assessment: those are ours, and say so.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from actions.models import Action, ActionArea, Audit, MaturityAssessment, MaturityModel
from actions.representations.maturity_definition import Area, Definition, of_model, shipped
from actions.services import maturity_model
from actions.services.maturity_scores import record
from governance.demo.plans import NOON, known_at
from governance.history.trail import because
from governance.people.models import User

LEVELS = ("", "formative", "developing", "", "")
NOTE = (
    "Level 2 is called formative and level 3 developing; what the others are called is not published. The "
    "areas are invented for Northmere, since the assessor's own are not published."
)
BY_IFC, BY_COUNCIL = date(2016, 6, 10), date(2017, 7, 14)
INVENTED = "Invented for Northmere"


class Told(NamedTuple):
    """An area: its levels in 2016 and 2017, its target, and the actions that improve it."""

    title: str
    levels: tuple[int, int]
    target: int
    actions: tuple[str, ...]


# The one before the last moved, and no action says why; the last moved down.
AREAS = (
    Told("Leadership and governance", (2, 3), 4, ("ICO-001", "ICO-009", "ICO-012")),
    Told("Ownership of information", (3, 4), 4, ("ICO-003", "IFC-01", "IFC-04")),
    Told("Training and awareness", (2, 3), 4, ("ICO-034", "ICO-036", "IFC-22")),
    Told("Records and retention", (2, 3), 3, ("ICO-022", "ICO-023", "IFC-09")),
    Told("Systems and quality of data", (3, 3), 4, ("IFC-10", "IFC-12")),
    Told("Information sharing", (2, 3), 3, ("ICO-053", "ICO-059")),
    Told("Use of information for decisions", (2, 3), 3, ("IFC-19",)),
    Told("Digital continuity", (3, 2), 3, ()),
)


def enter(by: User) -> None:
    """The two models and the two assessments, and what each action improves."""
    audit = Audit.objects.filter(code="ifc-2016").first()
    if audit is None or MaturityModel.objects.exists():
        return
    maturity_model.begin(shipped()["ico_accountability"])
    areas = tuple(Area(told.title) for told in AREAS)
    source = "In-Form Consult, assessment of 2016"
    draft = maturity_model.begin(Definition("In-Form Consult maturity model", source, NOTE, LEVELS, areas))
    model = maturity_model.put_in_use(draft, seen=of_model(draft).digest)
    link(model)
    first = {"kind": MaturityAssessment.Kind.EXTERNAL, "assessor": "In-Form Consult", "audit": audit}
    found = "As placed in the summary of the assessment; which level each area had is illustrative"
    assess(model, 0, BY_IFC, "low-medium", found, by, source_document="Maturity assessment, summary", **first)
    second = {"kind": MaturityAssessment.Kind.SELF, "assessor": "Insight Manager", "note": INVENTED}
    document = "Self-assessment of July 2017, illustrative"
    assess(model, 1, BY_COUNCIL, "medium", INVENTED, by, source_document=document, **second)


def link(model: MaturityModel) -> None:
    """Which actions improve which area, as far as they are here."""
    actions = {each.reference: each for each in Action.objects.all()}
    with because("Entered from the road map"):
        for told, area in zip(AREAS, model.areas.order_by("position"), strict=True):
            for reference in told.actions:
                if reference in actions:
                    ActionArea.objects.create(action=actions[reference], area=area)


def assess(
    model: MaturityModel, which: int, day: date, overall: str, finding: str, by: User, **facts: object
) -> None:
    """One assessment, known on its day by its document."""
    levels = {level.number: level for level in model.levels.all()}
    scores = {
        area: {"level": levels[told.levels[which]], "target": levels[told.target], "finding": finding}
        for told, area in zip(AREAS, model.areas.order_by("position"), strict=True)
    }
    known = known_at(day, NOON, which)
    record(model, scores, by=by, known_at=known, as_at=day, overall=overall, **facts)
