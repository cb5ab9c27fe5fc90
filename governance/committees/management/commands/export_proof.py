"""`manage.py export_proof`: what anybody needs to check the file of a paper without this database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.committees.models import Paper
from governance.committees.proof import NoProofError, exported


class Command(BaseCommand):
    """Print the proof of a paper, or write it."""

    help = "Export what proves an issued paper, for `verify FILE.pdf --proof PROOF.json`"

    def add_arguments(self, parser: CommandParser) -> None:
        """Which paper, and where to."""
        parser.add_argument("paper", type=int, help="its number, as in its address")
        parser.add_argument("--to", type=Path, default=None, help="a file; otherwise it is printed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the proof as JSON."""
        paper = Paper.objects.issued().select_related("meeting__body").filter(pk=options["paper"]).first()
        if paper is None:
            raise CommandError(f"No paper of the number {options['paper']} was issued.")
        try:
            text = json.dumps(exported(paper), indent=2, ensure_ascii=False)
        except NoProofError as refused:
            raise CommandError(str(refused)) from None
        if options["to"] is None:
            self.stdout.write(text)
            return
        try:
            options["to"].write_text(text, encoding="utf-8")
        except OSError as refused:
            raise CommandError(f"{options['to']} cannot be written: {refused.strerror}.") from None
