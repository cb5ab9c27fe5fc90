"""`manage.py demo_accounts`: the demonstration's accounts, and new passwords for them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.demo import accounts
from governance.demo.loader import people_with_accounts


class Command(BaseCommand):
    """Print the accounts; with --renew, give each a new password first."""

    help = "Print the accounts of the demonstration council"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to set new passwords."""
        parser.add_argument("--renew", action="store_true", help="set a new password for each account")

    def handle(self, *args: Any, renew: bool, **options: Any) -> None:
        """Print what the file says. Without a demonstration, or without the file, say so."""
        people = people_with_accounts()
        if not people:
            raise CommandError("The demonstration council is not loaded: ./run loads it.")
        if renew:
            accounts.keep(accounts.give_passwords(people))
        if not accounts.place().exists():
            raise CommandError(f"There is no {accounts.place()}. For new passwords: demo_accounts --renew")
        self.stdout.write(accounts.place().read_text())
