"""`manage.py make_register`: a plan and registers of any size, for measuring."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.demo.bulk import Size, make_register


class Command(BaseCommand):
    """Make actions, assets and risks in numbers, and say what was made."""

    help = "Make a plan of so many actions, and so many assets and risks, for measuring"

    def add_arguments(self, parser: CommandParser) -> None:
        """How many of each."""
        parser.add_argument("--actions", type=int, default=0)
        parser.add_argument("--assets", type=int, default=0)
        parser.add_argument("--risks", type=int, default=0)
        parser.add_argument("--versions", type=int, default=1, help="of each asset and risk")
        parser.add_argument("--assessments", type=int, default=0, help="current scores of each risk")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them. A number below nought, or nothing to make, ends with a sentence."""
        size = Size(**{name: options[name] for name in Size._fields})
        if min(size) < 0 or size.versions < 1:
            raise CommandError("The numbers cannot be below nought, and there is at least one version.")
        if not (size.actions or size.assets or size.risks):
            raise CommandError("Say how many: --actions 1000, --assets 500, --risks 100.")
        self.stdout.write("\n".join(make_register(size)))
