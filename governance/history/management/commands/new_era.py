"""`manage.py new_era`: begin a new era of the chain, in a database that was restored from a copy."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction


class Command(BaseCommand):
    """Run as the owner of the database, once, after a restore and before anybody writes."""

    help = "Begin a new era of the chain of seals after a restore (needs DATABASE_OWNER_URL)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Why."""
        parser.add_argument("--reason", required=True, help="“Restored from the copy of 1 May 2026”")

    def handle(self, *args: Any, **options: Any) -> None:
        """Begin it, and say after which block."""
        if "owner" not in connections:
            raise CommandError("Set DATABASE_OWNER_URL: only the owner of the database begins an era.")
        if not (reason := options["reason"].strip()):
            raise CommandError("Give the reason: it stands in the chain for good.")
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute("SELECT begin_era(%s)", [reason])
            era = cursor.fetchone()[0]
            cursor.execute("SELECT after_block FROM history_era WHERE number = %s", [era])
            block = cursor.fetchone()[0]
        self.stdout.write(
            f"Era {era} begins after block {block}. A paper that prints a later block was issued after the "
            "copy was made: `verify` with its file says so."
        )
