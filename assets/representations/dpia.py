"""How DPIAs are shown: in the seven steps of the ICO's sample, and what is not written yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from assets.models import Dpia, DpiaRisk
from governance.core.components import Column
from governance.history.rows import Rows, with_rows
from governance.history.timeline import label_of
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.history.timeline import Event

COLUMNS = (
    Column("Reference", "reference"),
    Column("Title", "title"),
    Column("Activity", "activity_reference"),
    Column("State", "state"),
    Column("Risk left over", "residual"),
    Column("Next review", "next_review_on"),
)
ORDER = ["", "low", "medium", "high"]


class Step(NamedTuple):
    """One of the steps that are written as text."""

    key: str
    title: str
    about: str
    fields: tuple[str, ...]


STEPS = (
    Step(
        "need",
        "Step 1: the need for a DPIA",
        "What the project is to achieve, what kind of processing it involves, why a DPIA is needed",
        ("title", "need"),
    ),
    Step(
        "description",
        "Step 2: the processing",
        "How data are collected, used, kept and deleted; whose and how much; what people expect; why",
        ("nature", "scope", "context", "purposes"),
    ),
    Step(
        "consultation",
        "Step 3: consultation",
        "When and how people's views are sought, or why not; who else is asked",
        ("consultation",),
    ),
    Step(
        "necessity",
        "Step 4: necessity and proportionality",
        "Lawful basis, whether less would do, how rights are supported, processors and transfers",
        ("necessity",),
    ),
)
BY_KEY = {step.key: step for step in STEPS}


# What the history of a DPIA tells beside its own fields.
ROWS = (Rows(DpiaRisk, "dpia_id", "Risk", ("description",)),)


RISKS_ARE = "What could go wrong for people, how likely and how bad it is, and what is done against it"


class Task(NamedTuple):
    """One step as a task: whether it is written, and if not, what it is to say."""

    step: Step
    is_written: bool

    @property
    def said(self) -> str:
        """Where it stands, in words."""
        return "Written" if self.is_written else f"To be written. {self.step.about}"

    @property
    def action(self) -> str:
        """What there is to do."""
        return "Change" if self.is_written else "Write"


def tasks(dpia: Dpia) -> list[Task]:
    """Steps 1 to 4, each written or not."""
    return [Task(step, all(getattr(dpia, field) for field in step.fields)) for step in STEPS]


def answers(version: Any) -> list[tuple[Step, list[tuple[str, str]]]]:
    """What a DPIA, or a version of it, says in each step: label and text."""
    return [
        (
            step,
            [
                (label_of(Dpia._meta.get_field(name)), getattr(version, name))
                for name in step.fields
                if name != "title"
            ],
        )
        for step in STEPS
    ]


def page_of(dpia: Dpia, version: Any, moment: Moment) -> dict[str, Any]:
    """What the page of a DPIA shows beside its history; of a past day what was so then."""
    if version is None:
        return {"dpia": dpia}
    risks: Any = DpiaRisk.history.at(moment).filter(dpia_id=dpia.pk).order_by("id")
    is_draft = dpia.state == Dpia.State.DRAFT and not moment.is_past
    return {
        "dpia": dpia,
        "answers": answers(version),
        "risks": risks,
        "advice": dpia.advice_given.before(instant_of(moment)),
        "is_draft": is_draft,
        "tasks": tasks(dpia),
        "risks_said": "Named below" if risks else f"None named. {RISKS_ARE}",
        "unwritten": unwritten(dpia) if is_draft else [],
        "is_advised_on": dpia.advice_on_what_was_sent().exists(),
    }


def told(dpia: Dpia, events: list[Event], moment: Moment) -> list[Event]:
    """The history of a DPIA with that of its risks."""
    return with_rows(events, ROWS, dpia.pk, instant_of(moment))


def unwritten(dpia: Dpia) -> list[str]:
    """What is to be written before the data protection officer is asked, each as a sentence."""
    fields = [field for step in STEPS for field in step.fields if not getattr(dpia, field)]
    found = [f"Write down: {Dpia._meta.get_field(field).verbose_name}" for field in fields]  # type: ignore[union-attr]
    risks = list(dpia.risks.all())
    if not risks:
        found.append("Name at least one risk to people, and the measure against it")
    found += [f"Say what is done about the risk: {risk}" for risk in risks if not risk.measure]
    return found


def worst(risks: list[DpiaRisk]) -> str:
    """The highest risk left over; empty where none is rated."""
    return max((risk.residual for risk in risks), key=ORDER.index, default="")
