"""`manage.py restatements`: every published figure that is known otherwise, as the pages list them."""

from __future__ import annotations

from json import dumps
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from governance.committees.models import Restatement
from governance.committees.restating.telling import NOT_CLASSED, as_row


class Command(BaseCommand):
    """Print the restatements that stand."""

    help = "Print every published figure that is known otherwise by now"

    def add_arguments(self, parser: CommandParser) -> None:
        """The format."""
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them, the latest meeting first."""
        rows = [as_row(each) for each in Restatement.objects.standing().differing().for_list()]
        if options["format"] == "json":
            self.stdout.write(dumps(rows, indent=2, ensure_ascii=False))
            return
        for row in rows:
            of = f" ({', '.join(row['plans'])})" if row["plans"] else ""
            self.stdout.write(
                f"{row['body']}, {row['meeting']}: {row['figure']}{of}: {row['was']}, known now {row['now']} "
                f"({', '.join(row['references'])}). {row['class'] or NOT_CLASSED}: {row['reason']}"
            )
        self.stdout.write(f"{len(rows)} figures restated")
