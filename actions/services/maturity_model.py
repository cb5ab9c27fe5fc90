"""A model of maturity from its draft to the day it is put in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify

from actions.models import MaturityArea, MaturityCriterion, MaturityLevel, MaturityModel
from actions.models.maturity import FEWEST_LEVELS
from actions.representations.maturity_definition import Area, Definition, of_model
from governance.core.locks import Lock, one_at_a_time
from governance.core.steps import StepError
from governance.history.trail import because

if TYPE_CHECKING:
    from collections.abc import Sequence

CHANGED = (
    "Somebody else has changed this model since you opened it. What you typed is kept below: save again to "
    "put it in place of theirs"
)


@transaction.atomic
def begin(definition: Definition) -> MaturityModel:
    """A draft that says what `definition` says. Who begins another at once waits, and gets another code."""
    one_at_a_time(Lock.MATURITY_CODES)
    _refuse_twice(definition.name)
    model = MaturityModel.objects.create(code=_code(definition.name), name=definition.name)
    _write(model, definition)
    return model


def _refuse_twice(name: str, but: int = 0) -> None:
    """Of two drafts of one name the second is refused, as is a form that is sent twice."""
    if MaturityModel.objects.filter(in_use=False, name__iexact=name).exclude(pk=but).exists():
        raise StepError(
            f"There is a draft called “{name}” already. Change that one, or take another name", "name"
        )


def _code(name: str) -> str:
    """A code for an address, from the name, that no model has yet."""
    wanted = slugify(name)[:34].strip("-") or "model"
    taken = set(MaturityModel.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    further = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(each for each in further if each not in taken)


@transaction.atomic
def write(model: MaturityModel, definition: Definition, *, seen: str, reason: str = "") -> None:
    """Make a model say what `definition` says; what stays as it was is not written again.

    Raises StepError if it does not say what the person saw (`seen`, the digest of that definition), and
    where a model in use would lose a level or an area, or an area its title or its criteria.
    """
    standing = locked(model, seen)
    if standing.in_use:
        refuse_loss(of_model(standing), definition)
    else:
        one_at_a_time(Lock.MATURITY_CODES)
        _refuse_twice(definition.name, but=standing.pk)
    with because(reason):
        _write(standing, definition)


def locked(model: MaturityModel, seen: str) -> MaturityModel:
    """The model as it stands, locked. Raises StepError where it does not say what was seen."""
    standing = MaturityModel.objects.select_for_update().get(pk=model.pk)
    if of_model(standing).digest != seen:
        raise StepError(CHANGED)
    return standing


def refuse_loss(standing: Definition, wanted: Definition) -> None:
    """Raises StepError where a model in use would not keep its levels and areas."""
    if len(standing.levels) != len(wanted.levels):
        raise StepError(
            f"The model is in use, so it keeps its {len(standing.levels)} levels: change their names alone",
            "levels",
        )
    if wanted.areas[: len(standing.areas)] != standing.areas:
        raise StepError(
            "The model is in use, so it keeps its areas and their criteria, in this order: add further areas "
            "below them",
            "areas",
        )


def _write(model: MaturityModel, definition: Definition) -> None:
    """The model's own words, its levels, its areas."""
    model.name, model.source, model.note = definition.name, definition.source, definition.note
    model.save()
    _write_levels(model, definition.levels)
    same = _alike(definition.areas, of_model(model).areas)
    for area in list(model.areas.all())[same:]:
        area.criteria.all().delete()
        area.delete()
    model.levels.filter(number__gt=len(definition.levels)).delete()
    for position, written in enumerate(definition.areas[same:], start=same + 1):
        _write_area(model, position, written)


def _alike(wanted: Sequence[Area], standing: Sequence[Area]) -> int:
    """How many areas from the first on stay as they are."""
    pairs = zip(wanted, standing, strict=False)
    return next(
        (place for place, (one, other) in enumerate(pairs) if one != other), min(len(wanted), len(standing))
    )


def _write_levels(model: MaturityModel, names: Sequence[str]) -> None:
    """Levels that are named anew, and further ones."""
    standing = {each.number: each for each in model.levels.all()}
    for number, name in enumerate(names, start=1):
        if number not in standing:
            MaturityLevel.objects.create(model=model, number=number, name=name)
        elif standing[number].name != name:
            standing[number].name = name
            standing[number].save()


def _write_area(model: MaturityModel, position: int, written: Area) -> None:
    levels = {each.number: each for each in model.levels.all()}
    area = MaturityArea.objects.create(
        model=model, position=position, reference=f"{model.code}-{position}", title=written.title
    )
    for place, criterion in enumerate(written.criteria, start=1):
        MaturityCriterion.objects.create(
            area=area, position=place, text=criterion.text, level=levels.get(criterion.level)
        )


@transaction.atomic
def put_in_use(model: MaturityModel, *, seen: str) -> MaturityModel:
    """Let a draft be assessed by. Raises StepError where it was changed meanwhile, or has no two levels."""
    draft = locked(model, seen)
    if draft.in_use:
        raise StepError(f"{draft} is in use already")
    if draft.levels.count() < FEWEST_LEVELS:
        raise StepError(f"{draft} needs at least two levels before it is put in use")
    draft.in_use = True
    with because("Put in use"):
        draft.save()
    return draft


@transaction.atomic
def put_back(model: MaturityModel, *, reason: str) -> MaturityModel:
    """Make it a draft again. Raises StepError once something was assessed by it, or actions improve it."""
    standing = MaturityModel.objects.select_for_update().get(pk=model.pk)
    if not standing.in_use:
        raise StepError(f"{standing} is a draft already")
    one_at_a_time(Lock.MATURITY_CODES)
    _refuse_twice(standing.name)
    if standing.assessments.exists():
        raise StepError(f"{standing} was used by an assessment, so it stays in use")
    if standing.areas.filter(action_links__isnull=False).exists():
        raise StepError(f"Actions are said to improve areas of {standing}: take them off first")
    standing.in_use = False
    with because(reason):
        standing.save()
    return standing
