"""What the tests of maturity share: a model in use, an assessment of it, and addresses."""

from datetime import date

from django.urls import reverse

from actions.representations.maturity_definition import Area, Criterion, Definition
from actions.services import maturity_model, maturity_scores
from tests.factories import UserFactory

BEFORE, AFTER = date(2016, 3, 1), date(2017, 3, 1)
SAYS = Definition(
    "Model of five",
    "A book",
    "",
    ("", "formative", "developing", "", ""),
    (Area("Training", (Criterion("Everybody is trained", 3),)), Area("Records")),
)


def a_draft(says=SAYS):
    """A draft with two areas and five levels."""
    return maturity_model.begin(says)


def a_model(says=SAYS):
    """The same, in use."""
    return maturity_model.put_in_use(a_draft(says), seen=says.digest)


def assessed(model, levels, *, on=BEFORE, target=None, by=None, **facts):
    """An assessment that gives the areas, in their order, these levels; 0 for none."""
    found = {each.number: each for each in model.levels.all()}
    scores = {
        area: {"level": found[number], "target": found.get(target), "finding": ""}
        for area, number in zip(model.areas.all(), levels, strict=False)
        if number
    }
    given = {"kind": "external", "assessor": "A firm", "as_at": on} | facts
    return maturity_scores.record(model, scores, by=by or UserFactory(), **given)


def levels_of(assessment):
    """The numbers of the levels that stand, by the title of the area."""
    return {row.area.title: row.level.number for row in maturity_scores.standing_scores(assessment)}


def typed(model, *levels, target="", **more):
    """What the form of an assessment posts: who, when, and a level for each area in turn."""
    posted = {"kind": "self", "assessor": "Records manager", "overall": "low-medium"}
    posted |= {"as_at_day": 1, "as_at_month": 3, "as_at_year": 2016}
    for area, level in zip(model.areas.all(), levels, strict=False):
        posted |= {f"level_{area.pk}": level, f"target_{area.pk}": target}
    return posted | more


def at(name, *where):
    """The address of a page."""
    return reverse(f"actions:{name}", args=where)
