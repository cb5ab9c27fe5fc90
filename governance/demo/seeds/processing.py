"""What Northmere does with personal data: its record of processing activities, and two DPIAs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from assets.models import (
    ActivityAsset,
    ActivityCondition,
    Asset,
    ControllerServed,
    Dpia,
    DpiaCriterion,
    DpiaRisk,
    LawfulBasis,
    ProcessingActivity,
    Safeguard,
    ScheduleCondition,
    SpecialCondition,
    Transfer,
)
from assets.services import dpia as dpias
from assets.services import processing
from governance.core.dates import today
from governance.demo.seeds.processing_facts import ACTIVITIES, CCTV, DPIAS, SCREENED
from governance.history.trail import signed
from governance.people.models import Post, Role, User

WHY = "Entered from the workshops with services"


def enter(by: User) -> None:
    """The activities, live where they are complete, their screening, one DPIA signed off and one begun."""
    codes = {code for assets, _, _ in ACTIVITIES for code in assets}
    assets = {asset.reference: asset for asset in Asset.objects.filter(reference__in=codes)}
    for references, facts, paragraphs in ACTIVITIES:
        if references[0] in assets:
            activity(facts, paragraphs, [assets[each] for each in references if each in assets])
    lead = assets.get("IA-0058")
    if lead:
        activity(CCTV, (10,), [lead], link=False)
    made = {each.title: each for each in ProcessingActivity.objects.all()}
    screen(made)
    for title, (steps, risks) in DPIAS.items():
        if title in made:
            assessment(made[title], steps, risks, by)


def activity(
    facts: dict[str, Any], paragraphs: tuple[int, ...], assets: list[Asset], *, link: bool = True
) -> None:
    """One activity with its rows, live."""
    values: dict[str, Any] = {"transfers_abroad": False, "automated_decisions": False} | facts
    values["basis"] = LawfulBasis.objects.filter(code=values.get("basis", "")).first()
    values["special_condition"] = SpecialCondition.objects.filter(
        code=values.get("special_condition", "")
    ).first()
    lead = assets[0]
    made = ProcessingActivity(owner_id=lead.owner_id, unit_id=lead.unit_id, function=lead.function, **values)
    processing.add(made, reason=WHY)
    for asset in assets if link else ():
        ActivityAsset.objects.create(activity=made, asset=asset)
    for condition in ScheduleCondition.objects.filter(code__in=[f"paragraph-{each}" for each in paragraphs]):
        ActivityCondition.objects.create(activity=made, condition=condition)
    rows(made)
    processing.go_live(made, reason=WHY)


def rows(made: ProcessingActivity) -> None:
    """The controllers it is done for, or where its data go."""
    if made.capacity == ProcessingActivity.Capacity.PROCESSOR:
        ControllerServed.objects.create(
            activity=made,
            name="Millbrook Academy Trust",
            contact="data.protection@millbrook.example",
            categories="Calculating and paying salaries, keeping pay records",
        )
    if made.transfers_abroad:
        Transfer.objects.create(
            activity=made,
            country="Ireland",
            recipient="Supplier of the training platform",
            safeguard=Safeguard.objects.get(code="adequacy"),
        )


def screen(made: dict[str, ProcessingActivity]) -> None:
    """Which criteria apply, and so what is decided."""
    for title, codes in SCREENED.items():
        if title in made:
            criteria = list(DpiaCriterion.objects.filter(code__in=codes))
            decision, reason = ("do", "") if codes else ("none", "No criterion applies")
            dpias.screen(made[title], criteria, decision=decision, reason=reason)


def assessment(
    made: ProcessingActivity, steps: dict[str, str], risks: list[dict[str, str]], by: User
) -> None:
    """A DPIA as far as it was written; a whole one goes to the DPO and is signed off by the SIRO."""
    dpia = dpias.begin(made, by=by)
    for name, text in steps.items():
        setattr(dpia, name, text)
    dpias.write(dpia, dpia.save, by=by)
    for risk in risks:
        DpiaRisk.objects.create(dpia=dpia, **risk)
    if all(steps.values()):
        decide(dpia)


def decide(dpia: Dpia) -> None:
    """Advice of the data protection officer, and the SIRO's word."""
    adviser, siro = holder(Role.DPO), holder(Role.SIRO)
    if adviser is None or siro is None:
        return
    dpias.send(dpia)
    with signed(adviser, reason="Advice"):
        dpias.advise(dpia.activity, "Put up signs on the market square too", by=adviser, dpia=dpia)
    with signed(siro, reason="Signed off"):
        dpias.sign_off(
            dpia,
            by=siro,
            post=Post.objects.get(pk=siro.posts()[0]),
            answer="accepted",
            kept_under_review_by=dpia.activity.owner,
            next_review_on=today() + timedelta(days=365),
        )


def holder(role: Role) -> User | None:
    """Somebody who is in a post with that role today."""
    people = User.objects.active().filter(holdings__post__role_assignments__role=role).order_by("pk")
    return next((person for person in people if person.holds(role)), None)
