"""`manage.py redact`: remove a text from an entry and from its whole trail, by authority."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models

from governance.history.redaction import RedactionRefusedError, redact


class Command(BaseCommand):
    """Run as the owner of the database; leaves a tombstone that names the authority and the reason."""

    help = "Remove a text from an entry, its trail and what was signed (needs DATABASE_OWNER_URL)"

    def add_arguments(self, parser: CommandParser) -> None:
        """What is to be removed, from where, by whose authority and why."""
        parser.add_argument("register", help="for example assets.Asset or actions.ProgressUpdate")
        parser.add_argument("entry", help="reference (IA-0042) or number of the entry")
        parser.add_argument("field", help="for example description")
        parser.add_argument(
            "--containing", required=True, help="the text to remove; the whole field is blanked"
        )
        parser.add_argument("--authority", required=True, help="who ordered it, by post")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Blank the field and print how many rows of the trail were changed."""
        entry = self._entry(options["register"], options["entry"])
        try:
            changed = redact(
                entry,
                options["field"],
                containing=options["containing"],
                authority=options["authority"],
                reason=options["reason"],
            )
        except RedactionRefusedError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"Removed from {changed} rows of the trail of {options['entry']}, and of what was signed that "
            "repeats it; the tombstone stays."
        )

    def _entry(self, register: str, wanted: str) -> models.Model:
        try:
            model = apps.get_model(register)
        except (LookupError, ValueError):
            raise CommandError(f"There is no register “{register}”.") from None
        names = {field.name for field in model._meta.concrete_fields}
        by = {"reference": wanted} if "reference" in names else {"pk": wanted} if wanted.isdigit() else {}
        entry: models.Model | None = model._default_manager.filter(**by).first() if by else None
        if entry is None:
            raise CommandError(f"There is no entry “{wanted}” in {register}.")
        return entry
