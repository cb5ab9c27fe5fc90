"""How audits are said on a page: plain values, made from rows that are already read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from governance.core.components import Column
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile

if TYPE_CHECKING:
    from actions.models import Audit, AuditText, RecommendationPriority

AUDIT_COLUMNS = [
    Column("Audit"),
    Column("Auditor"),
    Column("Kind"),
    Column("When"),
    Column("Overall opinion, as given"),
    Column("Recommendations", numeric=True),
    Column("Not answered yet", numeric=True),
]
AREA_COLUMNS = [Column("Scope area"), Column("Opinion, as given")]
# What the page of an audit shows of its figures, the last only where there are any.
SHOWN = (
    "audits.recommendations",
    "audits.accepted",
    "audits.partially_accepted",
    "audits.rejected",
    "audits.unanswered",
    "audits.without_action",
)
ALTERED = "audits.altered_quotations"


def tile_of(key: str, audit: Audit, counted: Mapping[str, int], moment: Moment) -> Tile:
    """A figure of one audit with its address."""
    figure = get_figure(key)
    return Tile(counted.get(key, 0), figure.title, figure.address(moment, Scope(), audit=audit.code))


def audit_tiles(audit: Audit, counted: Mapping[str, int], moment: Moment) -> list[Tile]:
    """Its figures, altered quotations only where there are any."""
    keys = [*SHOWN, *([ALTERED] if counted.get(ALTERED) else [])]
    return [tile_of(key, audit, counted, moment) for key in keys]


@dataclass(frozen=True)
class AuditRow:
    """An audit in the list."""

    audit: Audit
    total: Tile
    unanswered: Tile


def audit_rows(
    audits: Iterable[Audit], counted: Mapping[str, Mapping[str, int]], moment: Moment
) -> list[AuditRow]:
    """Each audit with its figures."""
    return [
        AuditRow(
            audit,
            tile_of("audits.recommendations", audit, counted.get(audit.code, {}), moment),
            tile_of("audits.unanswered", audit, counted.get(audit.code, {}), moment),
        )
        for audit in audits
    ]


@dataclass(frozen=True)
class Held:
    """A held text, with the quotations of it."""

    text: AuditText
    quotations: Sequence[Any]


@dataclass
class TextsOfKind:
    """The texts of one kind, under its name."""

    title: str
    held: list[Held] = field(default_factory=list)


def texts_by_kind(texts: Iterable[AuditText], quotations: Iterable[Any]) -> list[TextsOfKind]:
    """The auditor's words under the names of their kinds, in the order of the list of kinds."""
    quoted: dict[int, list[Any]] = {}
    for quotation in quotations:
        quoted.setdefault(quotation.held_id, []).append(quotation)
    found: dict[int, TextsOfKind] = {}
    for text in sorted(texts, key=lambda text: (text.kind.position, text.kind_id, text.pk)):
        kind = found.setdefault(text.kind_id, TextsOfKind(text.kind.name))
        kind.held.append(Held(text, quoted.get(text.pk, [])))
    return list(found.values())


def priority_words(priorities: Iterable[RecommendationPriority]) -> dict[str, str]:
    """The names of priorities by their codes."""
    return {each.code: each.name for each in priorities}
