"""What proves a paper: the digest of its ledger, the head of the chain at its issue, and both as a file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date
from hashlib import sha256
from typing import Any

from governance.committees.models import (
    Edition,
    Issue,
    Paper,
    PublishedEntry,
    PublishedFigure,
    Rendering,
    Takedown,
)
from governance.committees.models.ledger import fingerprint
from governance.core.dates import today
from governance.history.models import Block

FORMAT = "custodian-proof-1"
Ledger = dict[str, Any]


class NoProofError(Exception):
    """There is nothing to prove a paper by; the text says why."""


def ledger_of(paper: int, *, exempt: bool = False) -> Ledger:
    """Every figure of a paper with its entries, as plain data in a fixed order; those of Part 2 apart."""
    return ledgers_of([paper], exempt=exempt)[paper]


def ledgers_of(papers: Iterable[int], *, exempt: bool = False) -> dict[int, Ledger]:
    """The ledgers of papers, in two queries; those of Part 2 where `exempt` is asked for."""
    keys = list(papers)
    entries: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    kept = PublishedEntry.objects.filter(figure__paper__in=keys, figure__exempt=exempt)
    kept = kept.order_by("figure", "reference", "subject")
    for figure, *entry in kept.values_list("figure", "subject", "reference", "evidence_kind", "evidence"):
        entries[figure].append(entry)  # type: ignore[arg-type]
    made: dict[int, Ledger] = {key: {"figures": []} for key in keys}
    figures = PublishedFigure.objects.filter(paper__in=keys, exempt=exempt)
    for each in figures.order_by("paper", "position"):
        made[each.paper_id]["figures"].append(_figure(each) | {"entries": entries[each.pk]})
    return made


def _figure(figure: PublishedFigure) -> dict[str, Any]:
    return {
        "position": figure.position,
        "key": figure.key,
        "title": figure.title,
        "definition": figure.definition,
        "as_at": figure.as_at.isoformat(),
        "known_before": figure.known_before.astimezone(UTC).isoformat(),
        "scope": figure.scope,
        "dimension": figure.dimension,
        "movement": figure.movement,
        "value": figure.value,
        "has_entries": figure.has_entries,
    }


def printed_proof(paper: Paper, head: Block, *, exempt: bool = False) -> dict[str, Any]:
    """What a paper prints, while it is issued: the head of the chain and the digest of its ledger."""
    return {
        "era": head.era,
        "block": head.number,
        "head": head.digest,
        "ledger": fingerprint(ledger_of(paper.pk, exempt=exempt)),
    }


def exported(paper: Paper) -> dict[str, Any]:
    """Everything by which anybody checks the file of a paper without this database. Raises NoProofError."""
    issue = Issue.objects.filter(paper=paper).first()
    public = paper.renderings.exclude(edition__kind=Edition.Kind.PART_2)
    made = public.without_file().ready().select_related("edition")
    files = [_file(each) for each in made.order_by("pk")]
    if not files:
        raise NoProofError(f"“{paper}” has no file yet: a paper is proved once its file is made.")
    printed = issue.content.get("proof") if issue else None
    block = Block.objects.filter(number=printed["block"]).first() if printed else None
    ledger = ledger_of(paper.pk)
    return {
        "format": FORMAT,
        "paper": {
            "title": paper.title,
            "body": paper.meeting.body.name,
            "meeting": paper.meeting.held_on.isoformat(),
            "issued_at": issue.issued_at.astimezone(UTC).isoformat() if issue else "",
        },
        "files": files,
        "printed": printed,
        "ledger_sha256": fingerprint(ledger),
        "ledger": ledger,
        "block": _block(block) if block else None,
        "since": _since(paper),
    }


def _since(paper: Paper) -> dict[str, Any]:
    """What became of the paper since its issue, as known on the day of the export: neither is tampering."""
    told: dict[str, Any] = {"known_on": today().isoformat(), "withdrawn": None}
    if tombstone := Takedown.objects.filter(paper=paper).first():
        told["withdrawn"] = {
            "what": tombstone.get_reach_display(),
            "authority": tombstone.authority,
            "reason": tombstone.reason,
            "on": tombstone.taken_on.isoformat(),
        }
    lifted = paper.editions.public().select_related("resolution")
    told["lifted"] = [
        {"version": each.in_words, "decided": str(each.resolution or each.get_decided_display())}
        for each in lifted
    ]
    return told


def _file(made: Rendering) -> dict[str, Any]:
    """A file by its digest; one of a later public version says which, and when that was made."""
    told: dict[str, Any] = {"name": made.filename, "sha256": made.sha256, "size": made.size}
    if made.edition:
        told["version"] = made.edition.in_words
    return told


def _block(block: Block) -> dict[str, Any]:
    return {
        "number": block.number,
        "era": block.era,
        "previous": block.previous,
        "rows": block.rows,
        "seals_digest": block.seals_digest,
        "sealed_at": f"{block.sealed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
    }


def digest_of_block(block: dict[str, Any]) -> str:
    """The digest of a block by its parts, as the database makes it (governance/history/sql/seals.sql)."""
    parts = ("number", "era", "previous", "rows", "seals_digest", "sealed_at")
    return sha256(" ".join(str(block[part]) for part in parts).encode()).hexdigest()


def keywords(proof: dict[str, Any]) -> str:
    """How a PDF carries its proof, where programs look for it."""
    chain = f"custodian-chain:{proof['era']}:{proof['block']}:{proof['head']}"
    return f"{chain} custodian-ledger:{proof['ledger']}"


def _is_whole(proof: dict[str, Any]) -> bool:
    """Has it every part that a check reads? Raises KeyError or TypeError where one is lacking."""
    told = [proof["paper"][part] for part in ("title", "body", "meeting")]
    told += [each[part] for each in proof["files"] for part in ("name", "sha256")]
    told += [each.get("version", "") for each in proof["files"]]
    told.append(proof["ledger_sha256"])
    for each in proof["ledger"]["figures"]:
        told += [each["title"], *(str(each[part]) for part in ("position", "value", "has_entries"))]
        told.append(str(len(each["entries"])))
    if printed := proof.get("printed"):
        told += [printed["head"], printed["ledger"], str(printed["block"])]
    if block := proof.get("block"):
        told.append(digest_of_block(block))
    told += _told_since(proof.get("since") or {})
    return bool(proof["files"]) and all(isinstance(each, str) for each in told)


def _told_since(since: dict[str, Any]) -> list[str]:
    """The words about what became of a paper; proofs of before have none."""
    told = [str(date.fromisoformat(since["known_on"]))] if since else []
    if gone := since.get("withdrawn"):
        told += [gone["what"], gone["authority"], gone["reason"], str(date.fromisoformat(gone["on"]))]
    return told + [each[part] for each in since.get("lifted", ()) for part in ("version", "decided")]


def read_proof(text: str) -> dict[str, Any]:
    """A proof that was exported. Raises NoProofError for what is none."""
    try:
        found = json.loads(text)
        if isinstance(found, dict) and found["format"] == FORMAT and _is_whole(found):
            return found
    except (ValueError, KeyError, TypeError):
        pass
    raise NoProofError("This is no proof that Custodian has exported, or it was cut.")
