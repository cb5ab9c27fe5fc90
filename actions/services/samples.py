"""Drawing samples for auditors, and drawing them again to show that nothing was chosen."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from actions.models import Audit, AuditSample, SampledRow
from actions.models.samples import Asked, Given, digest_of_list, lot
from actions.permissions.samples import DRAWERS
from governance.core.steps import StepError
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope

if TYPE_CHECKING:
    from uuid import UUID

    from governance.people.models import User

# Of what a sample may be drawn: of what the plans that answer the audit hold, and of the register of assets.
OF_PLANS = ("actions.completed", "actions.total", "audits.recommendations")
OFFERED = (*OF_PLANS, "assets.total")
SEEDS = 32  # bits of a seed that nobody gave
NO_PLAN = "No plan answers this audit yet, so there is nothing to draw from"
FIRST = (
    "No plan answers this audit yet, so its actions and recommendations are not drawn from: an information "
    "governance officer opens a plan for it. Until then a sample is of the register of assets"
)
DRAWN_ALREADY = "This page has drawn a sample already. Open it anew to draw another one"


def offered_of(audit: Audit) -> tuple[Sequence[str], str]:
    """Of what a sample of this audit may be drawn, and why of no more; "" where all of it is offered."""
    if audit.plans.exists():
        return OFFERED, ""
    return [figure for figure in OFFERED if figure not in OF_PLANS], FIRST


def scope_of(audit: Audit, figure: str) -> Scope:
    """Among what is drawn. Raises StepError where no plan answers the audit."""
    if figure not in OF_PLANS:
        return Scope()
    plans = tuple(audit.plans.order_by("code").values_list("code", flat=True))
    if not plans:
        raise StepError(NO_PLAN, "figure")
    return Scope(plans=plans)


def draw(
    audit: Audit, asked: Asked, *, by: User, given: Given | None = None, once: UUID | None = None
) -> AuditSample:
    """Draw rows of a figure as at a day, as known now; what was sent twice with the same `once` is drawn
    once. Raises StepError where there are not so many, and where that `once` drew something else or by
    another seed, also one that somebody else gave or for another reason."""
    if once and (found := _drawn_with(once, audit, asked, given)):
        return found
    try:
        with transaction.atomic():
            return _drawn(audit, asked, by, given, once)
    except IntegrityError:  # the same form, sent at the same moment, was faster
        if once and (found := _drawn_with(once, audit, asked, given)):
            return found
        raise


def _drawn_with(once: UUID, audit: Audit, asked: Asked, given: Given | None) -> AuditSample | None:
    found = AuditSample.objects.filter(once=once).first()
    if found is None:
        return None
    same = (found.audit_id, found.figure, found.as_at, found.size)
    if same != (audit.pk, asked.figure, asked.as_at, asked.size) or found.given != given:
        raise StepError(DRAWN_ALREADY)
    return found


def _drawn(audit: Audit, asked: Asked, by: User, given: Given | None, once: UUID | None) -> AuditSample:
    moment, scope = Moment(asked.as_at, timezone.now()), scope_of(audit, asked.figure)
    found = {each.reference: each for each in get_figure(asked.figure).entries(moment, scope)}
    if asked.size > len(found):
        raise StepError(f"There are {len(found)} to draw from on that day: enter no more than that", "size")
    references = list(found)
    sample = AuditSample.objects.create(
        audit=audit,
        **asdict(asked),
        **_seed(given),
        scope=scope.as_json(),
        known_before=moment.known_before,
        population=len(found),
        drawn_from=references,
        digest=digest_of_list(references),
        drawn_by=by,
        drawn_as=by.title_for(None, *DRAWERS),
        once=once,
    )
    chosen = [found[each] for each in lot(references, sample.seed, asked.size)]
    sample.rows.bulk_create(
        SampledRow(sample=sample, position=place, **each._asdict()) for place, each in enumerate(chosen, 1)
    )
    return sample


def _seed(given: Given | None) -> dict[str, Any]:
    """The seed, and where it is from."""
    if given is None:
        return {"seed": secrets.randbits(SEEDS), "seed_from": AuditSample.SeedFrom.DRAWN}
    said = {"seed_given_by": given.by, "seed_because": given.because}
    return {"seed": given.seed, "seed_from": AuditSample.SeedFrom.GIVEN, **said}


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
