"""`manage.py verify`: prove that nobody altered the trail, or that a file is the paper that was issued."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.committees.checking import Found, against_papers, against_proof, heads_of, read_head
from governance.committees.ledgers import verify_all
from governance.committees.proof import NoProofError, read_proof
from governance.history.verification import Report, find_heads


class Command(BaseCommand):
    """The whole trail and every paper, or the file that is named. Ends with 1 where something is wrong."""

    help = "Verify the trail and every issued paper, or the file of one (with --proof, without a database)"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What is verified, by what, and how it is printed."""
        parser.add_argument("file", nargs="?", type=Path, help="a paper as PDF; without it, everything")
        parser.add_argument("--proof", type=Path, help="from `export_proof`: no database is needed")
        parser.add_argument(
            "--head",
            action="append",
            type=_head,
            metavar="DIGEST",
            help="the head of the chain that a paper prints: is it in the chain? May be given again",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found; raise CommandError (1) where something is not as it was sealed."""
        as_json = options["format"] == "json"
        if options["file"] is None:
            if options["proof"]:
                raise CommandError("Name the file that the proof is to prove.")
            self._all(options["head"] or [], as_json=as_json)
        elif options["head"]:
            raise CommandError("A head is looked for in the whole chain: give it without a file.")
        else:
            self._file(options["file"], options["proof"], as_json=as_json)

    def _all(self, heads: list[str], *, as_json: bool) -> None:
        begun = perf_counter()
        report = verify_all()
        find_heads(report, heads)
        seconds = perf_counter() - begun
        if as_json:
            self.stdout.write(json.dumps(report.as_json() | {"seconds": round(seconds, 3)}, indent=2))
        else:
            self._told(report, seconds)
        if report.faults:
            count = f"{len(report.faults)} fault{'' if len(report.faults) == 1 else 's'}"
            raise CommandError(f"{count}: this is not what was sealed.")

    def _told(self, report: Report, seconds: float) -> None:
        for each in [*report.removals, *report.faults]:
            self.stdout.write(str(each))
        for sentence in heads_of(report):
            self.stdout.write(sentence)
        self.stdout.write(
            f"{report.sealed:,} seals compared in {seconds:.1f} s. The chain ends at block {report.block} "
            f"of era {report.era}: {report.head or 'nothing is sealed yet'}"
        )

    def _file(self, path: Path, proof: Path | None, *, as_json: bool) -> None:
        file = _read(path)
        try:
            by = read_proof(_read(proof).decode("utf-8", "replace")) if proof else None
            found = against_proof(file, by) if by else against_papers(file)
        except NoProofError as refused:
            raise CommandError(str(refused)) from None
        self._said(found, as_json=as_json)

    def _said(self, found: Found, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"sound": found.sound, "sentences": found.sentences}, indent=2))
        elif found.sound:
            self.stdout.write("\n".join(found.sentences))
        if not found.sound:
            raise CommandError("\n".join(found.sentences))


def _head(typed: str) -> str:
    """A head as a paper prints it, whether or not the line was broken."""
    try:
        return read_head(typed)
    except ValueError as refused:
        raise ArgumentTypeError(str(refused)) from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as refused:
        raise CommandError(f"{path} cannot be read: {refused.strerror}.") from None
