"""Figures agree with the same count in bare SQL, and their times are printed side by side."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from assets.models import Asset
from governance.demo import bench_risks
from governance.demo.bare import CONDITIONS, count_bare
from governance.demo.bench_files import an_officer
from governance.exchange.models import Batch
from governance.figures.figure import FIGURES
from governance.figures.moment import Moment, Scope
from governance.people.models import User
from risks.figures import cells

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]


def run(command: str, *words: str, **options: object) -> str:
    printed = StringIO()
    call_command(command, *words, stdout=printed, **options)
    return printed.getvalue()


@pytest.mark.parametrize("day", [date(2016, 7, 25), date(2016, 10, 24), date(2017, 2, 20)])
def test_every_figure_of_plans_equals_its_bare_sql(day):
    for plans in ((), ("ico-2015",), ("ifc-2016",)):
        moment, scope = Moment.of(day, day), Scope(plans=plans)
        for key in CONDITIONS:
            assert count_bare(key, moment, scope) == FIGURES[key].value(moment, scope), (key, plans)


def test_the_benchmark_prints_a_line_for_each_figure_with_both_times():
    said = run("bench", "figures", "--plan", "ico-2015", "--as-at", "2016-10-24", "--known-at", "2016-10-24")

    assert re.search(r"^actions\.completed +46 +[\d.]+ +[\d.]+ +[\d.]+$", said, re.MULTILINE)
    assert all(key in said for key in CONDITIONS)


def test_a_plan_that_nobody_knows_cannot_be_measured():
    with pytest.raises(CommandError, match="There is no plan “other”"):
        run("bench", "figures", "--plan", "other")


def test_files_are_timed_beside_copy_and_nothing_of_it_stays():
    before = set(Asset.objects.values_list("reference", "title")), Batch.objects.count(), User.objects.count()

    said = run("bench", "exchange", "--rows", "5")

    for line in ("csv of every column", "xlsx of every column", "import of rows that are new"):
        assert re.search(rf"^{line} +[\d,]+ +[\d.]+ +[\d.]+ +[\d.]+ +-?[\d.]+$", said, re.MULTILINE), said
    after = set(Asset.objects.values_list("reference", "title")), Batch.objects.count(), User.objects.count()
    assert after == before


def test_the_register_is_measured_beside_a_bare_list_of_the_same_rows_and_nothing_of_it_stays():
    run("make_register", assets=60, versions=2)
    before = Asset.history.count(), User.objects.count()

    said = run("bench", "assets")

    assert "bare Django ListView" in said
    for line in (
        "register page",
        "filter by unit",
        "mistyped search",
        "last page",
        "trend of twelve moments",
    ):
        assert re.search(rf"^{line} +[\d.]+ +[\d.]+ +[\d.]+$", said, re.MULTILINE), said
    assert (Asset.history.count(), User.objects.count()) == before


def test_the_bare_list_shows_the_rows_that_the_register_shows(settings):
    settings.ROOT_URLCONF = "governance.demo.bare_pages"
    with an_officer() as person:
        client = Client()
        client.force_login(person, settings.AUTHENTICATION_BACKENDS[-1])
        shown = [
            re.findall(r'<th scope="row".*?>(IA-\d+)</a>', client.get(address).content.decode())
            for address in ("/assets/", "/bare/assets/")
        ]

    assert shown[0] == shown[1] != []


def test_the_dashboard_is_measured_beside_a_bare_page_of_the_same_counts_and_nothing_of_it_stays():
    run("make_register", risks=40, assessments=3, versions=2)
    people = User.objects.count()

    said = run("bench", "risks")

    for line in ("dashboard, today", "dashboard, at a past moment"):
        assert re.search(rf"^{line} +[\d.]+ +[\d.]+ +[\d.]+$", said, re.MULTILINE), said
    assert User.objects.count() == people


def test_the_bare_counts_of_the_dashboard_are_those_of_the_figures():
    run("make_register", risks=40, assessments=3)

    by_cell_and_unit, _, _, trend = bench_risks.bare(Moment.now())
    counts = cells.counted(Moment.now(), Scope()).whole
    units = [row for row in by_cell_and_unit if row[1] is not None]
    named = (
        counts.total,
        counts.above_appetite,
        counts.above_tolerance,
        counts.overdue_review,
        counts.ownerless,
    )
    assert tuple(sum(row[n] for row in units) for n in range(2, 7)) == named
    assert sorted(trend)[-1][1:] == named[:3]
