"""Drawing samples for auditors, and drawing them again to show that nothing was chosen."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from actions.models import Audit, AuditSample, SampledRow
from actions.models.samples import digest_of_list, lot
from actions.permissions.samples import DRAWERS
from governance.core.steps import StepError
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope

if TYPE_CHECKING:
    from governance.people.models import User

# Of what a sample may be drawn: of what the plans that answer the audit hold, and of the register of assets.
OF_PLANS = ("actions.completed", "actions.total", "audits.recommendations")
OFFERED = (*OF_PLANS, "assets.total")
SEEDS = 32  # bits of a seed that nobody gave


def scope_of(audit: Audit, figure: str) -> Scope:
    """Among what is drawn. Raises StepError where no plan answers the audit."""
    if figure not in OF_PLANS:
        return Scope()
    plans = tuple(audit.plans.order_by("code").values_list("code", flat=True))
    if not plans:
        raise StepError("No plan answers this audit yet, so there is nothing to draw from", "figure")
    return Scope(plans=plans)


@transaction.atomic
def draw(
    audit: Audit, *, figure: str, as_at: date, size: int, by: User, seed: int | None = None
) -> AuditSample:
    """Draw rows of a figure as at a day, as known now. Raises StepError where there are not so many."""
    moment, scope = Moment(as_at, timezone.now()), scope_of(audit, figure)
    found = {each.reference: each for each in get_figure(figure).entries(moment, scope)}
    if size > len(found):
        raise StepError(f"There are {len(found)} to draw from on that day: enter no more than that", "size")
    references = list(found)
    sample = AuditSample.objects.create(
        audit=audit,
        figure=figure,
        scope=scope.as_json(),
        as_at=as_at,
        known_before=moment.known_before,
        seed=secrets.randbits(SEEDS) if seed is None else seed,
        size=size,
        population=len(found),
        drawn_from=references,
        digest=digest_of_list(references),
        drawn_by=by,
        drawn_as=by.title_for(None, *DRAWERS),
    )
    chosen = [found[each] for each in lot(references, sample.seed, size)]
    sample.rows.bulk_create(
        SampledRow(sample=sample, position=place, **each._asdict()) for place, each in enumerate(chosen, 1)
    )
    return sample


@dataclass(frozen=True)
class Again:
    """A sample drawn again: each place with what came then and now; what the records of that moment say now.

    `entered` and `left` are the references by which what is recorded now of that moment differs from the list
    that was drawn from. `list_is_whole` is whether that list has the SHA-256 that was kept.
    """

    places: list[tuple[int, str, str]]
    list_is_whole: bool
    entered: list[str]
    left: list[str]

    @property
    def is_same(self) -> bool:
        """Does the seed draw the same, in the same order?"""
        return self.list_is_whole and all(then == now for _, then, now in self.places)


def draw_again(sample: AuditSample) -> Again:
    """Draw from the list that is kept by the seed, and read the records of that moment beside it."""
    pairs = zip(sample.references(), sample.again(), strict=True)
    held = {each.reference for each in sample.counted.entries(sample.moment, sample.among)}
    then = set(sample.drawn_from)
    return Again(
        places=[(place, *pair) for place, pair in enumerate(pairs, 1)],
        list_is_whole=digest_of_list(sample.drawn_from) == sample.digest,
        entered=sorted(held - then),
        left=sorted(then - held),
    )
