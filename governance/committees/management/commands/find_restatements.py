"""`manage.py find_restatements`: compare what was published with what is known now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from governance.committees.restating.finding import find


class Command(BaseCommand):
    """Compare, write down what differs, and say how much that is. The worker does the same each hour."""

    help = "Compare every published figure with what is known now, and write down what differs"

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it now."""
        self.stdout.write(str(find()))
