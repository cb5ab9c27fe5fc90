"""What is marked as not for publication, by where it stands in the content of the paper."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from governance.committees.schedule12a import CONFIDENTIAL, not_for_publication

if TYPE_CHECKING:
    from governance.committees.models import Exemption, Paper

WITHHELD = "Not for publication"
OUTWEIGHS = (
    "In all the circumstances the public interest in maintaining the exemption outweighs the public interest "
    "in disclosing the information"
)


@dataclass(frozen=True)
class Marks:
    """Exemptions by the place of a section or an added appendix, and by the reference of a row."""

    sections: Mapping[int, Exemption]
    appendices: Mapping[int, Exemption]
    rows: Mapping[str, Exemption]

    def __bool__(self) -> bool:
        return bool(self.sections or self.appendices or self.rows)

    def rows_without(self, published: Set[int]) -> Marks:
        """The marks of rows that are withheld still, where those exemptions have been lifted."""
        return Marks({}, {}, {row: each for row, each in self.rows.items() if each.pk not in published})


def marks_of(paper: Paper) -> Marks:
    """The marks of a paper. Sections and appendices stand in its content in their own order."""
    every = list(paper.exemptions.all())
    of_section = {each.section_id: each for each in every if each.section_id}
    of_appendix = {each.appendix_id: each for each in every if each.appendix_id}
    sections = paper.sections.values_list("pk", flat=True) if of_section else ()
    appendices = paper.uploaded.values_list("pk", flat=True) if of_appendix else ()
    return Marks(
        {place: of_section[pk] for place, pk in enumerate(sections) if pk in of_section},
        {place: of_appendix[pk] for place, pk in enumerate(appendices) if pk in of_appendix},
        {each.row: each for each in every if each.row},
    )


def line_of(exemption: Exemption) -> str:
    """What stands in place of it: that it is not for publication, and the description of the law."""
    if exemption.is_confidential:
        return CONFIDENTIAL
    return not_for_publication(exemption.paragraph, exemption.description)


def said(exemption: Exemption) -> str:
    """The same with the reason, as the public part prints it; not who forbids confidential information."""
    if exemption.is_confidential:
        return f"{CONFIDENTIAL}."
    return f"{line_of(exemption)}. {OUTWEIGHS}: {exemption.reason}"


def line_block(exemption: Exemption) -> dict[str, Any]:
    """The same as a block of a section."""
    return {"kind": "withheld", "text": said(exemption)}
