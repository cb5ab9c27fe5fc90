"""`manage.py add_entries FOLDER --by EMAIL`: further entries for a council at work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.demo.further import MayNotEnterError, add
from governance.demo.shape import BrokenFilesError


class Command(BaseCommand):
    """Bring the rows of CSV files into a council that exists."""

    help = "Bring further assets, risks, audits, plans and actions from CSV files into this council"

    def add_arguments(self, parser: CommandParser) -> None:
        """FOLDER with the files, and who answers for them."""
        parser.add_argument("folder", type=Path, help="folder with assets.csv, risks.csv and so on")
        parser.add_argument("--by", required=True, help="e-mail of who answers for the entries")
        parser.add_argument("--dry-run", action="store_true", help="check and count; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring in everything, or end with a sentence for each thing that is wrong."""
        try:
            added = add(options["folder"], options["by"], dry_run=options["dry_run"])
        except (BrokenFilesError, MayNotEnterError) as wrong:
            raise CommandError(str(wrong)) from None
        self.stdout.write("\n".join(added.lines))
