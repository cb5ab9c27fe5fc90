"""All that an evidence pack holds, as it is shown, signed and kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse

from actions.models import digest_of
from actions.representations.handed_over import FIELDS, answers_of, recommendations_of
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile

if TYPE_CHECKING:
    from actions.models import Audit, EvidencePack


@dataclass(frozen=True)
class Held:
    """A version of a document in a pack, under the reference of the action that it serves."""

    action: str
    version: int
    reference: str
    number: int
    title: str
    sha256: str
    link: str
    is_taken_down: bool

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def address(self) -> str:
        """The page of the document."""
        return reverse("actions:document", args=[self.reference])


class Said(NamedTuple):
    """What stands in one column of a row."""

    heading: str
    cell: str


@dataclass(frozen=True)
class Content:
    """All that a pack holds; the same content has the same text, and that the same digest."""

    as_at: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    documents: Sequence[Held]
    figures: Mapping[str, int]

    @property
    def text(self) -> str:
        """What is signed and kept."""
        said = {**vars(self), "documents": [asdict(each) for each in self.documents]}
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    @property
    def entries(self) -> list[list[Said]]:
        """Its rows with the headings of their columns, for pages: long texts make no row there."""
        return [[Said(*each) for each in zip(self.headings, row, strict=True)] for row in self.rows]

    @property
    def digest(self) -> str:
        """The SHA-256 of the text."""
        return digest_of(self.text)

    @classmethod
    def of(cls, text: str) -> Content:
        """What was signed, out of the text that was kept."""
        said = json.loads(text)
        return cls(**{**said, "documents": [Held(**each) for each in said["documents"]]})

    def tiles(self, audit: Audit, moment: Moment) -> list[Tile]:
        """The figures, each with the way to its rows as known at the moment."""
        found = [(get_figure(key), value) for key, value in self.figures.items()]
        return [
            Tile(value, figure.title, figure.address(moment, Scope(), audit=audit.code))
            for figure, value in found
        ]


def content_with(figures: Mapping[str, int], pack: EvidencePack, moment: Moment) -> Content:
    """What a pack holds at the moment, beside figures that were counted of it; as many queries however much
    that is."""
    audit = pack.follow_up.audit
    asked, answers = recommendations_of(audit, moment), answers_of(audit, moment)
    shown = [(heading, FIELDS[name][1]) for heading, name in pack.layout.pairs() if name in FIELDS]
    served = {
        (answer.reference, version.pk): _held(answer.reference, version)
        for each in asked
        for answer in answers.get(each.id, ())
        for version in answer.versions
    }
    return Content(
        as_at=pack.as_at.isoformat(),
        headings=[heading for heading, _ in shown],
        rows=[[cell(each, answers.get(each.id, ())) for _, cell in shown] for each in asked],
        documents=list(served.values()),
        figures=figures,
    )


def _held(action: str, version: Any) -> Held:
    return Held(
        action=action,
        version=version.pk,
        reference=version.document.reference,
        number=version.number,
        title=version.title_then,
        sha256=version.sha256,
        link=version.link,
        is_taken_down=hasattr(version, "takedown"),
    )
