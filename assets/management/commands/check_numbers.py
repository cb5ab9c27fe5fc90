"""Compare the numbers that the database keeps of the asset register with the rows themselves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from assets.figures import tallies
from governance.figures.figure import FIGURES
from governance.figures.moment import Moment, Scope


class Command(BaseCommand):
    """Says of each number whether it is the count of its rows; with --again it counts them anew first.

    Ends with an error, naming the number, what is kept and what there is, where one is not.
    """

    help = "Compare the numbers kept of the asset register with its rows; --again counts them anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument("--again", action="store_true", help="count everything anew from the rows first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and say so."""
        if options["again"]:
            with connection.cursor() as cursor:
                cursor.execute("SELECT assets_count_again()")
        moment, scope = Moment.now(), Scope()
        with transaction.atomic():
            with connection.cursor() as cursor:  # all at one instant, whoever writes meanwhile
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            kept = tallies(moment, scope)
            there = {key: FIGURES[key].value(moment, scope) for key in kept}
        wrong = [
            f"{FIGURES[key].title}: {number} kept, {there[key]} there"
            for key, number in kept.items()
            if there[key] != number
        ]
        if wrong:
            raise CommandError(f"{'; '.join(wrong)}. Type: ./run manage check_numbers --again")
        self.stdout.write(f"{len(kept)} numbers are the counts of their rows")
