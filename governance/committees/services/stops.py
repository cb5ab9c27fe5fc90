"""What stands against issuing a paper that could be issued: told in words, and overridden for a reason.

The proper officer overrides a stop; the paper prints the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from governance.committees.clearing import Stage, Standing, clearing_of, not_cleared
from governance.committees.listed import says_something
from governance.committees.models import Clearer, Override, Paper, PaperSection
from governance.committees.withheld import doubts, doubts_of_reasons
from governance.committees.withheld.marks import WITHHELD
from governance.core.steps import StepError

if TYPE_CHECKING:
    from governance.committees.withheld.files import Doubt
    from governance.people.models import User


@dataclass(frozen=True)
class Stop:
    """One thing that is missing: a name that lasts, a sentence, and where it is mended."""

    name: str
    words: str
    address: str


def stops(paper: Paper) -> list[Stop]:
    """Everything that stands against issuing the paper now, overridden or not."""
    found = [*_empty_sections(paper), *_uncleared(paper), *_doubtful(paper)]
    return [*found, *_in_reasons(paper, found)]


def standing_stops(paper: Paper) -> list[Stop]:
    """Those that nobody has overridden."""
    overridden = set(paper.overrides.values_list("stop", flat=True))
    return [each for each in stops(paper) if each.name not in overridden]


def overridden(paper: Paper) -> dict[str, Any]:
    """What stands against issuing the paper and was overridden, by whom and why, as it is printed.

    No word where nothing is, nor of what was mended after it was overridden. A heading that was marked after
    that as not for publication is not printed.
    """
    if not (given := list(paper.overrides.all())):
        return {}
    against = {each.name: each.words for each in stops(paper)}
    found = [
        {"words": against[each.stop], "reason": each.reason, "post": each.recorded_as}
        for each in given
        if each.stop in against
    ]
    return {"overridden": found} if found else {}


def override(paper: Paper, *, stop: str, reason: str, by: User) -> Override:
    """Let the paper be issued although this stands against it. Raises StepError if it does not any more."""
    found = next((each for each in standing_stops(paper) if each.name == stop), None)
    if found is None:
        raise StepError("That does not stand against issuing the paper any more", "stop")
    return Override.objects.create(
        paper=paper,
        stop=found.name,
        words=found.words,
        reason=reason,
        recorded_by=by,
        recorded_as=by.post_title,
    )


def _uncleared(paper: Paper) -> list[Stop]:
    """Posts that have not cleared the words as they stand, and what the form wants cleared by nobody yet."""
    clearing = clearing_of(paper)
    there = reverse("committees:clearance", args=[paper.pk])
    missing = [
        Stop(f"clearance-{part}", f"Nobody is named to clear it as: {name}", there)
        for part, name in ((each, Clearer.Part(each).label.lower()) for each in clearing.missing)
    ]
    waiting = [each for each in clearing.approvers if each.stage is not Stage.CLEARED]
    return missing + [Stop(_name(each), not_cleared(each)[:400], there) for each in waiting]


def _name(standing: Standing) -> str:
    """What a stop is called: by what was sent or answered last, so that to go on without one answer is not to
    go on without the next."""
    name = f"clearer-{standing.clearer.pk}-{standing.stage.name.lower()}"
    if standing.answer:
        return f"{name}-answer-{standing.answer.pk}"
    return f"{name}-sending-{standing.sending.pk}" if standing.sending else name


def _empty_sections(paper: Paper) -> list[Stop]:
    """Sections that must have text, and neither have any nor list anything by themselves."""
    return [
        Stop(
            f"section-{each.pk}",
            f"The section “{_named(each)}” must have text, and has none",
            reverse("committees:edit_section", args=[paper.pk, each.pk]),
        )
        for each in paper.sections.filter(mandatory=True).select_related("exemption")
        if not says_something(paper, each)
    ]


def _doubtful(paper: Paper) -> list[Stop]:
    """Files in which what is withheld may be, and words that may be exempt: somebody has to look."""
    return _looked_into(paper, doubts(paper))


def _in_reasons(paper: Paper, found: list[Stop]) -> list[Stop]:
    """Reasons that are printed and repeat what is withheld. An answer for one is a reason too, and looked
    into as the others are; one whose stop is gone is not printed."""
    given = dict(paper.overrides.values_list("stop", "reason"))
    more: dict[str, Stop] = {}
    while reasons := [given.pop(each.name) for each in [*found, *more.values()] if each.name in given]:
        more |= {each.name: each for each in _looked_into(paper, doubts_of_reasons(paper, reasons))}
    return list(more.values())


def _looked_into(paper: Paper, told: Iterable[Doubt]) -> list[Stop]:
    there = reverse("committees:attached", args=[paper.pk])
    return [Stop(each.name, each.words[:400], there) for each in told]


def _named(section: PaperSection) -> str:
    """The section as the public part names it."""
    mark = getattr(section, "exemption", None)
    return f"{section.number} {WITHHELD}".strip() if mark and mark.withholds_heading else str(section)
