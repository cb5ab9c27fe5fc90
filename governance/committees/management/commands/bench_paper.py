"""`manage.py bench_paper --rows 77`: how long a paper takes, beside bare WeasyPrint in the same run."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.committees.models import Paper
from governance.committees.timing import bench_paper


class Command(BaseCommand):
    """Time the latest issued paper with an appendix of so many rows."""

    help = "Time the rendering of a paper beside bare WeasyPrint on the same HTML; nothing is stored"

    def add_arguments(self, parser: CommandParser) -> None:
        """How many rows the appendix has, and how often each way is tried."""
        parser.add_argument("--rows", type=int, default=77)
        parser.add_argument("--runs", type=int, default=3, help="the best of so many is printed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print both times, their ratio, and the peak memory of this process."""
        try:
            timing = bench_paper(options["rows"], options["runs"])
        except Paper.DoesNotExist:
            raise CommandError("No paper has been issued yet: there is nothing to time.") from None
        self.stdout.write(f"rows: {timing.rows}")
        self.stdout.write(f"ours in processor seconds: {timing.ours:.2f}")
        self.stdout.write(f"bare WeasyPrint in processor seconds: {timing.bare:.2f}")
        self.stdout.write(f"times: {timing.times:.2f}")
        self.stdout.write(f"peak memory in MiB: {timing.peak_mib}")
