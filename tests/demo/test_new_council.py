"""A council of one's own starts from the examples, and only where none is yet."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from actions.models import ActionPlan
from governance.committees import services
from governance.committees.models import Meeting, Paper, PaperPlan, PublishedFigure
from governance.core.dates import today
from governance.demo.newcomer import TABLES, columns_in_words
from governance.figures.moment import Moment
from governance.people.models import Post, Role, User
from tests.demo.sheets import ADMINISTRATOR, change, examples, refused, rows_of_all_tables

pytestmark = pytest.mark.django_db
NEEDED = {"units.csv", "posts.csv", "people.csv", "holdings.csv", "roles.csv", "bodies.csv"}


def new_council(*words: object, **options: object) -> str:
    printed = StringIO()
    call_command("new_council", *words, stdout=printed, **options)
    return printed.getvalue()


def test_the_examples_start_a_council_whose_administrator_signs_in(tmp_path):
    new_council(write_examples=tmp_path)
    said = new_council(str(tmp_path), administrator=ADMINISTRATOR)
    password = said.partition("signs in with ")[2].split()[0]
    administrator = User.objects.get(email=ADMINISTRATOR)

    assert administrator.check_password(password)
    assert administrator.holds(Role.ADMINISTRATOR)
    assert (
        not User.objects.exclude(pk=administrator.pk)
        .get(email="head.revenues@council.example")
        .has_usable_password()
    )
    assert Post.objects.vacant(today()).get().title == "Records Manager"


def test_the_history_of_the_examples_is_as_the_files_say(tmp_path):
    new_council(str(examples(tmp_path / "council")), administrator=ADMINISTRATOR)
    action = ActionPlan.objects.get(code="records-2024").actions.get(reference="REC-02")
    opening, draft, correction, completed = action.updates.order_by("pk")
    september = action.standing(Moment.of(date(2024, 9, 30), date(2024, 9, 30)))

    assert opening.status == "not_started"
    assert correction.corrects == draft
    assert correction.source_document == "Note to file, 1 October 2024"
    assert september == draft
    assert action.standing() == completed


def test_papers_older_than_the_product_are_entered_with_their_figures_and_file(tmp_path):
    folder = examples(tmp_path / "council")
    new_council(str(folder), administrator=ADMINISTRATOR)
    july, september = Paper.objects.order_by("as_at")
    figures = {figure.key: figure for figure in september.figures.all()}

    assert {paper.origin for paper in (july, september)} == {Paper.Origin.BEFORE}
    assert (figures["actions.completed"].value, figures["actions.total"].value) == (1, 3)
    assert not any(figure.has_entries for figure in figures.values())
    assert bytes(september.renderings.get().file) == (folder / "progress-2024-09.txt").read_bytes()


def test_the_first_paper_issued_here_has_a_movement_since_the_one_before_the_product(tmp_path):
    new_council(str(examples(tmp_path / "council")), administrator=ADMINISTRATOR)
    clerk = User.objects.get(email="democratic.services@council.example")
    meeting = Meeting.objects.create(body=Meeting.objects.first().body, held_on=today())
    paper = Paper.objects.create(meeting=meeting, title="Progress", created_by=clerk)
    PaperPlan.objects.create(paper=paper, plan=ActionPlan.objects.get())
    services.issue(paper, by=clerk)

    further = paper.figures.get(key="actions.completed", movement="entered")
    assert further.earlier == PublishedFigure.objects.get(
        key="actions.completed", paper__origin=Paper.Origin.BEFORE, paper__meeting__held_on=date(2024, 9, 19)
    )
    assert (further.earlier.value, further.value, further.has_entries) == (1, 1, False)


def test_a_dry_run_counts_and_writes_nothing(tmp_path):
    before = rows_of_all_tables()
    said = new_council(str(examples(tmp_path / "council")), administrator=ADMINISTRATOR, dry_run=True)

    assert "would be set up: 3 organisational units, 6 posts" in said
    assert "signs in" not in said
    assert rows_of_all_tables() == before


def test_a_council_that_is_there_is_left_alone(tmp_path):
    folder = str(examples(tmp_path / "council"))
    new_council(folder, administrator=ADMINISTRATOR)
    before = rows_of_all_tables()

    with pytest.raises(
        CommandError, match="starts in an empty installation; this one holds 3 organisational units"
    ):
        new_council(folder, administrator=ADMINISTRATOR)
    assert rows_of_all_tables() == before


def test_an_administrator_who_is_not_among_the_people_is_refused(tmp_path):
    said = refused(examples(tmp_path / "council"), administrator="nobody@council.example")

    assert said == ["people.csv: The administrator nobody@council.example is not in the file."]


def test_an_administrator_without_the_role_is_refused(tmp_path):
    folder = examples(tmp_path / "council")
    change(folder, "roles.csv", 7, until="2021-01-01")

    assert refused(folder) == [
        f"roles.csv: No post of {ADMINISTRATOR} carries the role “administrator” for the whole council today."
    ]


def test_only_the_structure_and_the_bodies_are_needed(tmp_path):
    folder = examples(tmp_path / "council")
    for file in folder.iterdir():
        if file.name not in NEEDED:
            file.unlink()

    assert "is set up: 3 organisational units, 6 posts, 5 users, 1 body." in new_council(
        str(folder), administrator=ADMINISTRATOR
    )


@pytest.mark.parametrize("file", sorted(NEEDED))
def test_a_file_that_is_needed_is_asked_for(tmp_path, file):
    folder = examples(tmp_path / "council")
    (folder / file).unlink()
    assert f"{file}: There is no such file in {folder}." in refused(folder)


def test_examples_never_overwrite_a_file(tmp_path):
    (tmp_path / "roles.csv").write_text("mine")

    with pytest.raises(CommandError, match=r"roles\.csv is there already; nothing was written"):
        new_council(write_examples=tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["roles.csv"]


def test_nothing_asked_for_is_answered_with_what_can_be_asked():
    with pytest.raises(CommandError, match="Name the folder and --administrator"):
        new_council()


def test_every_file_has_an_example_and_every_column_a_line(tmp_path):
    names = {file.name for file in examples(tmp_path / "council").iterdir()}

    assert {table.file for table in TABLES} <= names
    described = columns_in_words()
    assert all(column.name in described for table in TABLES for column in table.columns)
