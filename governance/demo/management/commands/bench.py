"""`manage.py bench figures | assets | risks | plans | papers | exchange | seals`: how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from os import getloadavg
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assets.models import Asset
from governance.demo import bench_assets, bench_files, bench_papers, bench_plans, bench_risks, bench_seals
from governance.demo.bare import TIMES, measure
from governance.figures.asking import AskedBadlyError, moment_asked, scope_asked
from risks.models import Assessment, Risk


class Command(BaseCommand):
    """Measure on the data that is there."""

    help = "Measure figures, the asset register or files beside the least they could take"

    def add_arguments(self, parser: CommandParser) -> None:
        """What is measured, for which plans, at which moment."""
        what = parser.add_subparsers(dest="what", required=True)
        figures = what.add_parser("figures", help=f"each figure and the same in bare SQL, median of {TIMES}")
        figures.add_argument("--plan", action="append", default=[], help="code of a plan; may be repeated")
        figures.add_argument("--as-at", default=None, help="2016-10-24")
        figures.add_argument("--known-at", default=None, help="2016-10-24")
        what.add_parser("assets", help="the pages, counts and changes of the asset register")
        what.add_parser("risks", help="the risk dashboard, today and at a past moment")
        what.add_parser("plans", help="pages, what is blocked and critical path of a plan made for it")
        papers = what.add_parser("papers", help="from issue to the last stored file, beside bare WeasyPrint")
        papers.add_argument("--rows", type=int, action="append", help="actions of a paper; may be repeated")
        papers.add_argument("--turns", type=int, default=bench_papers.TURNS, help="the best is printed")
        files = what.add_parser("exchange", help="the asset register out to files and in from them")
        files.add_argument("--rows", type=int, default=10_000, help="of the file that is brought in")

        seals = what.add_parser("seals", help="what a seal costs, and how long a verification takes")
        seals.add_argument("--rows", type=int, default=bench_seals.ROWS, help="that are sealed and verified")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was measured."""
        if options["what"] == "exchange":
            self.exchange(options["rows"])
        elif options["what"] == "assets":
            self.assets()
        elif options["what"] == "seals":
            self.seals(options["rows"])
        elif options["what"] == "risks":
            self.risks()
        elif options["what"] == "plans":
            self.plans()
        elif options["what"] == "papers":
            self.papers(options["rows"] or bench_papers.ROWS, options["turns"])
        else:
            self.figures(**options)

    def assets(self) -> None:
        """Print a line for each page, count and change of the asset register. Nothing of it stays."""
        self.stdout.write(
            f"Milliseconds, {Asset.objects.count():,} assets, {Asset.history.count():,} versions"
        )
        self.stdout.write(bench_assets.FLOOR)
        self.stdout.write(f"{'':<34}{'ours':>10}{'floor':>10}{'times':>8}")
        with bench_files.an_officer() as person:
            for one in bench_assets.measure(person):
                self.stdout.write(str(one))

    def seals(self, rows: int) -> None:
        """Print a line for the cost of a seal, for blocks and for a verification. Nothing of it stays."""
        for one in bench_seals.measure(rows):
            self.stdout.write(str(one))

    def risks(self) -> None:
        """Print a line for the dashboard of today, and one for that of a past moment."""
        number, scores = Risk.objects.count(), Assessment.objects.count()
        self.stdout.write(f"Milliseconds, {number:,} risks, {scores:,} scores")
        self.stdout.write(f"{'':<34}{'ours':>10}{'floor':>10}{'times':>8}")
        with bench_files.an_officer() as person:
            for one in bench_risks.measure(person):
                self.stdout.write(str(one))

    def plans(self) -> None:
        """Print a line for each page, for what is blocked and for the critical path. Nothing of it stays."""
        self.stdout.write(
            f"Milliseconds, {bench_plans.ACTIONS:,} actions, {bench_plans.WAITS:,} dependencies, "
            f"load {getloadavg()[0]:.1f}"
        )
        self.stdout.write(f"{'':<42}{'ours':>10}{'at most':>10}")
        with bench_files.an_officer() as person:
            for one in bench_plans.measure(person):
                self.stdout.write(str(one))

    def papers(self, sizes: Sequence[int], turns: int) -> None:
        """Print the time of a paper of each size, beside its floor. Nothing of it stays."""
        if turns < 1:
            raise CommandError("--turns is the number of times it is measured: 1 or more")
        self.stdout.write(
            f"{'milliseconds, best of the turns':<34}{'ours':>10}{'WeasyPrint':>11}{'times':>7}"
        )
        with bench_files.an_officer() as person:
            for rows in sizes:
                self.stdout.write(str(bench_papers.measure(person, rows, turns)))

    def exchange(self, rows: int) -> None:
        """Print a line for each way with files. Nothing of it stays in the register."""
        self.stdout.write(bench_files.HEADING)
        with bench_files.an_officer() as person:
            for timing in bench_files.measure(person, rows):
                self.stdout.write(str(timing))

    def figures(self, **options: Any) -> None:
        """Print a line for each figure. A figure that differs from its bare SQL is an error."""
        try:
            moment = moment_asked(options["as_at"], options["known_at"])
            scope = scope_asked({"plans": options["plan"]})
        except AskedBadlyError as wrong:
            raise CommandError(str(wrong)) from None
        timings = measure(moment, scope)
        self.stdout.write(f"Milliseconds, {moment}")
        self.stdout.write(f"{'':<32}{'value':>8}{'figure':>10}{'bare':>10}{'times':>8}")
        for timing in timings:
            times = timing.milliseconds / timing.bare_milliseconds
            self.stdout.write(
                f"{timing.key:<32}{timing.value:>8,}{timing.milliseconds:>10.1f}"
                f"{timing.bare_milliseconds:>10.1f}{times:>8.2f}"
            )
        for one in [timing for timing in timings if timing.value != timing.bare_value]:
            raise CommandError(f"{one.key} says {one.value}, bare SQL says {one.bare_value}.")
