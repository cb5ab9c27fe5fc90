"""Issuing a paper in two parts; nobody overrides that the public part says what is withheld."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from governance.committees import withheld
from governance.committees.models import Edition
from governance.committees.models.ledger import fingerprint
from governance.committees.proof import printed_proof
from governance.committees.services.refusals import IssueRefusedError

if TYPE_CHECKING:
    from governance.committees.models import Paper
    from governance.history.models import Block
    from governance.people.models import User

Content = dict[str, Any]
SECRET_BYTES = 32
NOBODY_OVERRIDES = "Take it out there, or mark it as well. Nobody can override this"


def part(paper: Paper, content: Content) -> tuple[Content, Content]:
    """The public content and that of Part 2. Raises IssueRefusedError where the first repeats the second, or
    what is withheld of a report that the paper corrects."""
    public, apart = withheld.split(paper, content)
    if told := leaked(paper, public, apart):
        raise IssueRefusedError(told)
    return public, apart


def leaked(paper: Paper, public: Content, apart: Content) -> str:
    """Which places of the public part, or of its files, repeat what is withheld, as sentences; "" if none.

    What is withheld still of a report that the paper corrects is withheld here too.
    """
    wrong = paper.corrects
    files = withheld.public_files(public) if apart or wrong else []
    found = withheld.leaks(public, apart, files)
    while wrong:
        told = withheld.leaks(public, _still_withheld(wrong), files)
        found += [replace(each, of=f"{each.of} of “{wrong}”") for each in told]
        wrong = wrong.corrects
    return f"{'. '.join(map(str, found))}. {NOBODY_OVERRIDES}." if found else ""


def _still_withheld(issued: Paper) -> Content:
    """Part 2 of an issued paper without what was lifted since; no word where it has none."""
    part_2 = issued.editions.part_2().first()
    lifted = issued.editions.public().exclude(lifts=None).values_list("lifts", flat=True)
    return withheld.still_withheld(part_2.content, set(lifted)) if part_2 else {}


def figures_of(apart: Content) -> frozenset[int]:
    """The places in the ledger of the figures that are printed in Part 2 alone."""
    return frozenset(line["position"] for each in apart.get("inserted", ()) for line in each["ledger"])


def write_part_2(paper: Paper, apart: Content, head: Block, *, by: User) -> Edition | None:
    """Store Part 2, if the paper has one. Its secret keeps anybody from finding its words by its digest."""
    if not apart:
        return None
    content = apart | {
        "proof": printed_proof(paper, head, exempt=True),
        "secret": secrets.token_hex(SECRET_BYTES),
    }
    return Edition.objects.create(
        paper=paper,
        kind=Edition.Kind.PART_2,
        made_by=by,
        made_as=by.post_title,
        content=content,
        content_sha256=fingerprint(content),
    )


def printed_of(part_2: Edition | None) -> Content:
    """What the public part prints of Part 2: its digest, by which it can be proved later."""
    return {"part_2": {"sha256": part_2.content_sha256}} if part_2 else {}
