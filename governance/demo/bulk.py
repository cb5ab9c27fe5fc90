"""Registers of any size, for measuring: as valid as what the pages make, but written many rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, pairwise
from typing import NamedTuple

from django.db import models, transaction
from django.db.models.functions import Now

from actions.models import (
    Action,
    ActionPlan,
    Audit,
    Dependency,
    ProgressUpdate,
    Recommendation,
    ScopeArea,
    Status,
)
from assets.models import CLOSED, Asset
from governance.core.dates import today
from governance.demo.bulk_assets import make_assets
from governance.demo.bulk_risks import score_all
from governance.demo.plans import NOON, known_at
from governance.history.trail import signed
from governance.people.models import OrganisationalUnit, Post, User
from risks.models import Risk

SOURCE = "Made by make_register"
STEP = timedelta(days=30)
AREAS = ("Governance", "Training and awareness", "Data sharing")
# How an action comes to stand where it stands; each begins with "not started".
WAYS = (
    (),
    (Status.IN_PROGRESS,),
    (Status.IN_PROGRESS, Status.AWAITING_APPROVAL),
    (Status.IN_PROGRESS, Status.COMPLETED),
    (Status.WITHDRAWN,),
)
WAITING_ONE_IN = 3  # of the actions not started, how many wait for another


class Size(NamedTuple):
    """How much to make; `versions` of each asset and risk, the first included, `assessments` of each risk."""

    actions: int = 0
    assets: int = 0
    risks: int = 0
    versions: int = 1
    assessments: int = 0


def make_register(size: Size) -> list[str]:
    """Make it all, or nothing; what was made, in lines to print."""
    with transaction.atomic(), signed(None, reason=SOURCE):
        made = [_actions(size.actions)] if size.actions else []
        made += [_assets(size)] if size.assets else []
        made += [_risks(size)] if size.risks else []
    return made


def _post() -> Post:
    """The first post there is, or one made for this."""
    if found := Post.objects.order_by("pk").first():
        return found
    unit = OrganisationalUnit.objects.create(code="measuring", name="Measuring", from_on=today())
    return Post.objects.create(code="measuring", title="Measuring", unit=unit)


def _person() -> User:
    """The first person there is, or one made for this, who cannot sign in."""
    found = User.objects.order_by("pk").first()
    return found or User.objects.create_user("measuring@measuring.example", "Measuring")


def _actions(number: int) -> str:
    plan = _plan(number)
    areas = ScopeArea.objects.bulk_create(
        ScopeArea(audit=plan.audit, code=f"area-{position}", title=title, position=position)
        for position, title in enumerate(AREAS, start=1)
    )
    recommendations = Recommendation.objects.bulk_create(
        Recommendation(audit=plan.audit, reference=f"R{n}", text=f"Recommendation {n}.", scope_area=area)
        for n, area in zip(range(1, number + 1), cycle(areas), strict=False)
    )
    post = _post()
    actions = Action.objects.bulk_create(
        Action(
            plan=plan,
            reference=f"P{plan.pk}-{n:06}",
            title=f"Action {n} of {number}",
            owner=post,
            due_on=today() + STEP * (n % 12 - 6),
            recommendation=recommendation,
            scope_area=recommendation.scope_area,
            status=([Status.NOT_STARTED, *_way(n)])[-1],
        )
        for n, recommendation in enumerate(recommendations, start=1)
    )
    told = _updates(actions, plan.opened_on, _person())
    updates = ProgressUpdate.objects.bulk_create(told, batch_size=5_000)
    waits = Dependency.objects.bulk_create(_waits(actions, plan.opened_on))
    parts = f"{len(actions):,} actions, {len(updates):,} updates, {len(waits):,} dependencies"
    return f"Plan {plan.code}: {parts}."


def _plan(number: int) -> ActionPlan:
    """A plan and its audit under a code that is free."""
    codes = set(ActionPlan.objects.values_list("code", flat=True))
    names = (f"measuring-{number}{again}" for again in ("", *(f"-{n}" for n in range(2, len(codes) + 3))))
    code = next(name for name in names if name not in codes)
    title, opened_on = f"Register of {number:,} actions", today() - STEP * len(WAYS)
    audit = Audit.objects.create(code=code, auditor="Nobody", title=title)
    return ActionPlan.objects.create(code=code, title=title, audit=audit, opened_on=opened_on)


def _way(n: int) -> tuple[Status, ...]:
    return WAYS[n % len(WAYS)]


def _updates(actions: list[Action], opened_on: date, person: User) -> Iterator[ProgressUpdate]:
    """In the order in which they became known, so that their places are in order too."""
    for step in range(1 + max(map(len, WAYS))):
        day = opened_on + STEP * step
        for n, action in enumerate(actions, start=1):
            way = (Status.NOT_STARTED, *_way(n))
            if step < len(way):
                yield ProgressUpdate(
                    action=action,
                    status=way[step],
                    effective_on=day,
                    known_at=known_at(day, NOON, n) or Now(),
                    source_document=SOURCE,
                    evidence=f"Step {step} of action {n}",
                    why="Nobody needs it" if way[step] == Status.WITHDRAWN else "",
                    recorded_by=person,
                    recorded_as=person.post_title,
                )


def _waits(actions: list[Action], from_on: date) -> Iterator[Dependency]:
    """Some not started wait for the next one, which is under way: always forwards, so never in a circle."""
    for n, (action, following) in enumerate(pairwise(actions), start=1):
        if not _way(n) and n // len(WAYS) % WAITING_ONE_IN == 0:
            yield Dependency(
                action=action,
                needs_action=following,
                holds_up=Dependency.Step.START,
                from_on=from_on,
                known_at=known_at(from_on, NOON, n),
                source_document=SOURCE,
                note=SOURCE,
            )


def _assets(size: Size) -> str:
    made = make_assets(size.assets, _next_number(Asset))
    # What is over stays as it is: of it there is one version.
    changing = [asset.pk for asset in made if asset.state not in CLOSED]
    _versions(Asset, "purpose", changing, size.versions)
    return _range("Assets", [asset.reference for asset in made], size)


def _risks(size: Size) -> str:
    post, first = _post(), _next_number(Risk)
    made = Risk.objects.bulk_create(
        Risk(reference=f"IR-{n:04}", title=f"Risk {n}", cause="Version 1", owner=post, unit_id=post.unit_id)
        for n in range(first, first + size.risks)
    )
    _versions(Risk, "cause", [risk.pk for risk in made], size.versions)
    said = _range("Risks", [risk.reference for risk in made], size)
    return f"{said} {score_all(made, size.assessments, _person()):,} scores." if size.assessments else said


def _range(kind: str, made: list[str], size: Size) -> str:
    return f"{kind} {made[0]} to {made[-1]}: {len(made):,}, each in {size.versions} versions."


def _next_number(register: type[Asset] | type[Risk]) -> int:
    """The number after the highest reference in use."""
    references = register._default_manager.values_list("reference", flat=True)
    return 1 + max((int(reference.partition("-")[2]) for reference in references), default=0)


def _versions(register: type[models.Model], field: str, keys: list[int], versions: int) -> None:
    """Change every record again and again: the database writes the versions."""
    for version in range(2, versions + 1):
        register._default_manager.filter(pk__in=keys).update(**{field: f"Version {version}"})
