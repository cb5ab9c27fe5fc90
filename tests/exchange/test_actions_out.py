"""The actions of a plan leave as a file, as its page lists them, and come back."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from actions.models import (
    Action,
    ActionPrinciple,
    ActionRecommendation,
    ActionWorkstream,
    DateRevision,
    ProgressUpdate,
)
from governance.core.dates import today
from governance.exchange.importing import MovedOnError, commit
from tests.actions.factories_sight import PrincipleFactory, WorkstreamFactory
from tests.actions.moving import move
from tests.cast import signed_in
from tests.exchange.actions_in import OPENED, a_plan, faults, owner_post
from tests.exchange.files import csv_rows
from tests.exchange.test_round_trip import edited_csv
from tests.exchange.uploads import brought
from tests.factories import ActionFactory, PlanFactory, PostHoldingFactory, RecommendationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_a_request")]
MARCH = date(2016, 3, 1)


@pytest.fixture
def plan():
    """A plan of forty actions, of which the first says everything that there is to be said."""
    found, owner = a_plan(), owner_post()
    made = [
        ActionFactory(
            plan=found, owner=owner, reference=f"P-{n:03}", title=f"=Action {n}", due_on=date(2016, 6, 30)
        )
        for n in range(1, 41)
    ]
    whole = made[0]
    whole.recommendation = found.audit.recommendations.get(reference="A02")
    whole.scope_area = found.audit.scope_areas.get()
    whole.save()
    for reference in ("A01", "B07"):
        asked = found.audit.recommendations.get(reference=reference)
        ActionRecommendation.objects.create(action=whole, recommendation=asked)
    ActionRecommendation.objects.create(action=whole, recommendation=RecommendationFactory(reference="Z1"))
    ActionWorkstream.objects.create(action=whole, workstream=WorkstreamFactory(name="Culture, and trust"))
    for name in ("Fair, lawful", "Open"):
        ActionPrinciple.objects.create(action=whole, principle=PrincipleFactory(name=name))
    move(whole, date(2016, 10, 31), on=MARCH)
    whole.report("in_progress", effective_on=MARCH, by=owner_by(whole), evidence="=Two\r\nlines, and; more")
    return found


def owner_by(action):
    """Who reported it first."""
    return action.updates.get().recorded_by


def out(person, plan, query="", ending="csv"):
    answer = signed_in(person).get(f"/exchange/plans/{plan.code}/file.{ending}{query}")
    return b"".join(answer.streaming_content)


def back(content, by, name="plan.csv", **options):
    return brought(content, by, register="actions", name=name, source="Our own", **options)


def test_a_row_says_what_stands(ig_officer, plan):
    heading, row, *rest = csv_rows(out(ig_officer, plan))
    said = dict(zip(heading, row, strict=True))
    whole = Action.objects.order_by("reference").first()
    assert said["Reference"] == whole.reference
    assert said["Version"] == str(whole.standing_version())
    assert said["Title"] == "'=Action 1"
    assert (said["Plan"], said["Owner"]) == (plan.title, "Head of Information")
    assert said["Recommendations"] == "A02; A01; B07; Z1"
    assert (said["Scope area"], said["Workstream"]) == ("Data protection governance", "Culture, and trust")
    assert said["Principles"] == "Fair, lawful; Open"
    assert [said[name] for name in ("Opened", "First due", "Due")] == [
        "2016-01-18",
        "2016-06-30",
        "2016-10-31",
    ]
    assert [said[name] for name in ("Status", "Since")] == ["In progress", "2016-03-01"]
    assert said["Why the date moved"] == said["Approved on"] == ""
    assert len(rest) == 39


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_that_nobody_edited_changes_nothing(ig_officer, plan, ending):
    content = out(ig_officer, plan, ending=ending)
    batch = back(content, ig_officer, f"plan.{ending}", blank_means_empty=True)
    assert faults(batch) == []
    assert (batch.row_count, batch.unchanged_count) == (40, 40)


def test_five_edited_cells_are_five_changes_and_no_other(ig_officer, plan):
    before = {model: model.objects.count() for model in (ProgressUpdate, DateRevision)}
    moved = {
        "Due": "2016-11-30",
        "Why the date moved": "Late",
        "Date agreed in": "Audit Committee",
        "Minute": "31",
        "Date agreed on": "2016-06-01",
    }
    edits = {
        (2, "Title"): "Edited",
        **{(9, heading): text for heading, text in moved.items()},
        (17, "Status"): "Completed", (17, "Since"): "2016-05-01",
        (25, "Recommendations"): "B07",
        (40, "Evidence"): "Seen", (40, "Since"): "2016-02-01",
    }  # fmt: skip
    batch = back(edited_csv(out(ig_officer, plan), edits), ig_officer)
    assert faults(batch) == []
    changed = batch.rows.of_kind("changed")
    assert [list(row.patch) for row in changed] == [
        ["title"], ["said_due"], ["said_progress"], ["said_answers"], ["said_progress"],
    ]  # fmt: skip
    assert batch.unchanged_count == 35
    commit(batch.pk)
    assert ProgressUpdate.objects.count() == before[ProgressUpdate] + 2
    assert DateRevision.objects.count() == before[DateRevision] + 1
    assert back(out(ig_officer, plan), ig_officer).unchanged_count == 40


def test_a_reference_in_small_letters_comes_back_to_its_action(ig_officer, plan):
    small = ActionFactory(plan=plan, owner=plan.actions.first().owner, reference="sp-07b", title="Old words")
    content = out(ig_officer, plan)
    assert back(content, ig_officer).unchanged_count == 41
    edited = content.replace(b"Old words", b"New words").replace(b"sp-07b", b"SP-07B")
    for data in (content.replace(b"Old words", b"New words"), edited):
        (row,) = back(data, ig_officer).rows.all()
        assert (row.kind, row.entry_id, row.patch) == ("changed", small.pk, {"title": "New words"})


def test_what_was_reported_since_the_export_is_no_edit_and_an_edit_beside_it_is_a_conflict(ig_officer, plan):
    content = out(ig_officer, plan)
    second = Action.objects.order_by("reference")[1]
    second.report("in_progress", effective_on=MARCH, by=ig_officer, evidence="Begun")
    assert back(content, ig_officer).unchanged_count == 40
    edits = {(2, "Status"): "Completed", (2, "Since"): "2016-05-01"}
    batch = back(edited_csv(content, edits), ig_officer)
    assert batch.rows.counts()["conflict"] == 1
    batch.choose("file", None, seen=batch.rows.seen())
    commit(batch.pk)
    second.refresh_from_db()
    assert second.status == "completed"


def test_the_committed_file_brought_in_again_counts_once(ig_officer, plan):
    content = edited_csv(out(ig_officer, plan), {(2, "Status"): "Completed", (2, "Since"): "2016-05-01"})
    first, second = back(content, ig_officer), back(content, ig_officer)
    commit(first.pk)
    with pytest.raises(MovedOnError):
        commit(second.pk)
    assert back(content, ig_officer).unchanged_count == 40


def test_the_file_holds_the_rows_of_the_page(ig_officer, plan):
    ActionFactory(plan=PlanFactory())
    assert len(csv_rows(out(ig_officer, plan, "?status=in_progress"))) == 1 + 1
    assert len(csv_rows(out(ig_officer, plan, "?q=P-040"))) == 1 + 1
    assert len(csv_rows(out(ig_officer, plan, "?q=nothing+like+it"))) == 1


def test_a_file_of_a_past_moment_says_what_stood_then(ig_officer, plan):
    heading, row, *_ = csv_rows(out(ig_officer, plan, f"?as_at=2016-02-01&known_at={today()}"))
    said = dict(zip(heading, row, strict=True))
    assert [said[name] for name in ("Due", "Status", "Since")] == ["2016-06-30", "Not started", "2016-01-18"]
    assert OPENED.isoformat() == said["Opened"]


def test_an_address_that_the_page_complains_about_leads_to_the_page(ig_officer, plan):
    answer = signed_in(ig_officer).get(f"/exchange/plans/{plan.code}/file.csv?as_at=never")
    assert (answer.status_code, answer.url) == (302, f"/plans/{plan.code}/?as_at=never")
    assert signed_in(ig_officer).get(f"/exchange/plans/{plan.code}/file.exe").status_code == 404


def test_who_owns_one_action_gets_that_one_and_no_reference_of_another_audit(plan):
    mine = Action.objects.order_by("reference").first()
    person = holder_of_the_post(mine)
    heading, row = csv_rows(out(person, plan))
    assert row[0] == mine.reference
    assert dict(zip(heading, row, strict=True))["Recommendations"] == "A02; A01; B07"


def holder_of_the_post(action):
    """Somebody in the post that owns the action, alone of all actions of the plan."""
    post = owner_post()
    Action.objects.filter(pk=action.pk).update(owner=post)
    return PostHoldingFactory(post=post).person


def test_a_workbook_says_of_which_plan_it_is(ig_officer, plan):
    with ZipFile(BytesIO(out(ig_officer, plan, ending="xlsx"))) as archive:
        words = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    assert f"({plan.code})" in words


def test_the_page_of_the_plan_leads_to_its_files_and_keepers_to_bring_one_in(ig_officer, plan):
    page = signed_in(ig_officer).get(f"/plans/{plan.code}/?status=in_progress").content.decode()
    assert f'href="/exchange/plans/{plan.code}/file.csv?status=in_progress"' in page
    assert 'href="/exchange/imports/new/?register=actions"' in page
    owner = holder_of_the_post(Action.objects.first())
    assert "/exchange/imports/new/" not in signed_in(owner).get(f"/plans/{plan.code}/").content.decode()


def test_two_hundred_actions_leave_by_as_many_queries_as_ten(ig_officer, plan, django_assert_max_num_queries):
    client = signed_in(ig_officer)
    for _ in range(2):
        with django_assert_max_num_queries(20):
            b"".join(client.get(f"/exchange/plans/{plan.code}/file.csv").streaming_content)
        ActionFactory.create_batch(40, plan=plan, owner=Action.objects.first().owner)
