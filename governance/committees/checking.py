"""Checking the file of a paper: against a proof, without a database, or against the papers that are here."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from hashlib import sha256
from textwrap import shorten
from typing import Any, NamedTuple

import pikepdf

from governance.committees.models import Paper, Rendering, Takedown
from governance.committees.models.ledger import fingerprint
from governance.committees.proof import digest_of_block
from governance.committees.representations import in_full
from governance.core.dates import LONDON, long_date
from governance.history.models import Block
from governance.history.models.seals import DIGEST
from governance.history.verification import Report, find_heads
from governance.people.models import User

CARRIED = re.compile(r"custodian-chain:(\d{1,9}):(\d{1,18}):([0-9a-f]{64}) custodian-ledger:([0-9a-f]{64})")
COMPARE = "Compare what was typed with the paper first: one wrong digit is enough."
ALTERED = "This file was not issued by this council, or was altered after it was issued."


class Found(NamedTuple):
    """What a check says: whether the file is what was issued, and sentences."""

    sound: bool
    sentences: list[str]
    paper: Paper | None = None


def carried(file: bytes) -> dict[str, Any] | None:
    """What a PDF says of itself: era, block, head and ledger; None where it says nothing, or is no PDF."""
    try:
        with pikepdf.open(io.BytesIO(file)) as pdf:
            said = str(pdf.docinfo.get("/Keywords", ""))
    except (pikepdf.PdfError, ValueError):
        return None
    if not (match := CARRIED.search(said)):
        return None
    return {"era": int(match[1]), "block": int(match[2]), "head": match[3], "ledger": match[4]}


def against_proof(file: bytes, proof: dict[str, Any]) -> Found:
    """Is the file the one that the proof was exported for, and does the proof hold by itself?"""
    told = proof["paper"]
    wrong = [*_of_file(file, proof), *_of_proof(proof)]
    if wrong:
        return Found(sound=False, sentences=wrong)
    version = {each["sha256"]: each.get("version") for each in proof["files"]}[sha256(file).hexdigest()]
    which = f"in {version}" if version else "as it was issued"
    said = [f"This is “{told['title']}”, for the {told['body']} of {told['meeting']}, {which}."]
    said += _since(proof.get("since") or {})
    if proof.get("printed"):
        said.append(f"Its ledger has the digest it prints, {proof['ledger_sha256']}.")
        said.append(
            f"When it was issued the chain ended at block {proof['printed']['block']}, "
            f"{proof['printed']['head']}. Compare that head with the council's chain: the proof alone "
            "does not show that it stands there."
        )
    else:
        said.append("It prints no head of the chain, so that only the council can say that it issued it.")
    return Found(sound=True, sentences=said)


def _since(since: dict[str, Any]) -> Iterator[str]:
    """What became of the paper by the day on which the proof was exported; proofs of before do not say."""
    if not since:
        return
    known = f"As known on {in_full(since['known_on'])}, when this proof was exported"
    gone, lifted = since.get("withdrawn"), since.get("lifted", ())
    if gone:
        by = f"{gone['authority']}, {in_full(gone['on'])}"
        yield f"{known}, it was redacted by authority ({by}; {gone['what'].lower()}): {gone['reason']}"
    for each in lifted:
        yield f"{known}, less of it is withheld in {each['version']} ({each['decided']})."
    if not gone and not lifted:
        yield f"{known}, it was neither withdrawn nor was anything lifted in it."


def _of_file(file: bytes, proof: dict[str, Any]) -> list[str]:
    wrong = []
    issued = {each["sha256"] for each in proof["files"]}
    if (found := sha256(file).hexdigest()) not in issued:
        wrong.append(
            f"The file is not one that was issued, or was altered: its SHA-256 is {found}, which no file of "
            "the proof has."
        )
    elif file.startswith(b"%PDF") and carried(file) != proof.get("printed"):
        wrong.append("The file carries another head of the chain, or of its ledger, than the proof.")
    return wrong


def _of_proof(proof: dict[str, Any]) -> list[str]:
    """What is wrong with a proof by itself."""
    wrong = []
    if fingerprint(proof["ledger"]) != proof["ledger_sha256"]:
        wrong.append("The ledger in the proof was altered: it has not the digest that the proof gives.")
    for each in proof["ledger"]["figures"]:
        if each["has_entries"] and each["value"] != len(each["entries"]):
            wrong.append(f"Figure {each['position']}, “{each['title']}”, is not the number of its rows.")
    printed = proof.get("printed")
    if printed and printed["ledger"] != proof["ledger_sha256"]:
        wrong.append("The ledger in the proof is not the one whose digest the paper prints.")
    if printed and (not proof.get("block") or digest_of_block(proof["block"]) != printed["head"]):
        wrong.append("The block in the proof is not the one that the paper prints as the head of the chain.")
    return wrong


def read_head(typed: str) -> str:
    """A head as a paper prints it, whether or not the line was broken. Raises ValueError for what is none."""
    head = "".join(typed.split()).lower()
    if not re.fullmatch(DIGEST, head):
        raise ValueError(f"“{shorten(typed, 80)}” is no head: give the 64 hexadecimal digits printed")
    return head


def against_chain(head: str) -> Found:
    """Is a head that a paper prints in the chain here, and how far does that go on from it?"""
    last = Block.objects.head()
    report = Report(block=last.number if last else 0)
    find_heads(report, [head])
    first = [COMPARE] if report.faults else []
    return Found(sound=not report.faults, sentences=[*heads_of(report), *first, *map(str, report.faults)])


def heads_of(report: Report) -> list[str]:
    """Of each head that was found: its block, and how many came after it."""
    told = []
    for head, block in report.heads.items():
        after = report.block - block
        came = f"{after:,} block{'' if after == 1 else 's'} came after it"
        told.append(f"The head {head} is that of block {block}, and {came}.")
    return told


def against_papers(file: bytes, person: User | None = None) -> Found:
    """Is the file one of those issued here, among the papers that the person may see?"""
    digest = sha256(file).hexdigest()
    papers = Paper.objects.visible_to(person) if person else Paper.objects.all()
    done = Rendering.objects.checked().filter(state=Rendering.State.DONE, paper__in=papers)
    whole = done.filter(sha256=digest).select_related("paper__meeting__body", "paper__issue", "edition")
    same = whole.first()
    if same and same.is_as_made:
        return Found(sound=True, sentences=[_issued(same), *_withdrawn(same.paper)], paper=same.paper)
    said = carried(file)
    return Found(sound=False, sentences=[ALTERED, *(_of_head(said) if said else ())])


def _withdrawn(paper: Paper) -> list[str]:
    """That the paper was withdrawn, which is no fault of the file."""
    found = Takedown.objects.filter(paper=paper).first()
    if found is None:
        return []
    what = "The paper" if found.is_of_the_paper else "The public page of the paper"
    return [f"{what} was redacted by authority ({found.authority}): {found.reason}"]


def _issued(rendering: Rendering) -> str:
    paper = rendering.paper
    if not (issue := getattr(paper, "issue", None)):
        return f"This is the file of “{paper}”, entered as it was issued before Custodian."
    day = issue.issued_at.astimezone(LONDON).date()
    edition = f"{rendering.edition.in_words}, from " if rendering.edition else ""
    start = f"This is the file of {edition}“{paper}”"
    if paper.published_on and paper.published_on < day:
        out = f"published on {long_date(paper.published_on)} for the {paper.meeting}"
        return f"{start} {out}; entered and sealed on {long_date(day)}."
    return f"{start} issued on {long_date(day)} for the {paper.meeting}."


def _of_head(said: dict[str, Any]) -> list[str]:
    """What the head that a file carries says of the chain here."""
    block = Block.objects.filter(number=said["block"]).first()
    if block is None:
        return [
            f"It carries block {said['block']} as the head of the chain, and the chain here ends before: "
            "this database was restored from an older copy, or the end of its trail was cut."
        ]
    if block.digest != said["head"]:
        return [f"It carries another block {said['block']} than the chain here has."]
    return []
