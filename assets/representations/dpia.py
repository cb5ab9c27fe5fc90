"""How DPIAs are shown: in the seven steps of the ICO's sample, and what is not written yet."""

from __future__ import annotations

from typing import NamedTuple

from assets.models import Dpia, DpiaRisk
from governance.core.components import Column

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
