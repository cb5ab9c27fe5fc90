"""Samples for auditors: drawn by lot, and drawn again by the same seed."""

import hashlib
from datetime import date, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import AuditSample, SampledRow, Status
from actions.models.samples import Asked, Given, lot
from actions.representations.sampled import Drawn
from actions.services.samples import draw, draw_again
from assets.models import Asset
from governance.core.dates import today
from governance.core.steps import StepError
from tests.actions.at_once import together
from tests.browser import NARROW, axe, sign_in
from tests.cast import signed_in
from tests.exchange.files import csv_rows, xlsx_rows
from tests.factories import ActionFactory, AssetFactory, AuditFactory, PlanFactory, RecommendationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(cast):
    return cast["internal_auditor"]


@pytest.fixture
def plan():
    """A plan that answers an audit, with twenty actions."""
    plan = PlanFactory(audit=AuditFactory())
    ActionFactory.create_batch(20, plan=plan)
    return plan


def drawn(plan, by, *, seed=7, figure="actions.total", as_at=None, size=5, audit=None, once=None):
    given = None if seed is None else Given(seed, "External audit", "Named before the visit")
    asked = Asked(figure, as_at or today(), size)
    return draw(audit or plan.audit, asked, by=by, given=given, once=once)


def test_the_method_needs_nothing_of_ours():
    """By hand: printf 7:A1 | sha256sum, and so on; the least come first."""
    by_hand = sorted("ABCDE", key=lambda each: hashlib.sha256(f"7:{each}".encode()).hexdigest())
    assert lot("EDCBA", 7, 3) == by_hand[:3]
    assert lot("ABCDE", 7, 5) == by_hand


def test_the_same_seed_draws_the_same_and_another_does_not(plan, auditor):
    first, again, other = (drawn(plan, auditor, seed=seed) for seed in (7, 7, 8))
    assert first.references() == again.references() != other.references()
    assert len(set(first.references())) == 5
    assert draw_again(first).is_same


def test_every_row_is_drawn_about_as_often():
    """Of a thousand seeds each of twenty rows comes among the five of about a quarter."""
    rows = [f"ACT-{number:04}" for number in range(20)]
    came = [row for seed in range(1000) for row in lot(rows, seed, 5)]
    assert {row for row in rows if not 200 < came.count(row) < 300} == set()


def test_it_is_recorded_who_drew_by_which_seed_of_what_and_out_of_how_many(plan, auditor):
    sample = drawn(plan, auditor)
    assert (sample.figure, sample.seed, sample.size, sample.population) == ("actions.total", 7, 5, 20)
    assert sample.among.plans == (plan.code,)
    assert sample.drawn_from == sorted(sample.drawn_from)
    assert (sample.drawn_by, sample.drawn_as) == (auditor, auditor.post_title)
    assert drawn(plan, auditor, seed=None).seed >= 0


def test_only_what_the_plans_of_the_audit_hold_is_drawn(plan, auditor):
    foreign = ActionFactory(plan=PlanFactory(audit=AuditFactory()))
    assert foreign.reference not in drawn(plan, auditor, size=20).references()


def test_what_the_figure_does_not_count_is_not_drawn(plan, auditor):
    done = plan.actions.order_by("reference")[3]
    done.report(Status.COMPLETED, effective_on=plan.opened_on, by=auditor)
    assert drawn(plan, auditor, figure="actions.completed", size=1).references() == [done.reference]
    asked = RecommendationFactory(audit=plan.audit)
    assert drawn(plan, auditor, figure="audits.recommendations", size=1).references() == [asked.handle]


def test_assets_are_drawn_from_the_whole_register_and_without_a_plan(auditor):
    AssetFactory.create_batch(3)
    sample = drawn(None, auditor, audit=AuditFactory(), figure="assets.total", size=2, seed=None)
    assert sample.drawn_from == sorted(Asset.objects.values_list("reference", flat=True))
    assert set(sample.references()) < set(sample.drawn_from)
    assert sample.scope == {}


def test_what_is_recorded_afterwards_alters_no_sample_and_is_named(plan, auditor):
    sample = drawn(plan, auditor)
    kept = draw_again(sample)
    late = ActionFactory(plan=plan, known_at=sample.drawn_at - timedelta(days=1), source_document="Minutes")
    again = draw_again(AuditSample.objects.get(pk=sample.pk))
    assert (kept.entered, kept.left) == ([], [])
    assert (again.entered, again.left, again.is_same) == ([late.reference], [], True)


def test_a_list_that_is_not_the_one_that_was_kept_is_said_not_to_be(plan, auditor):
    sample = drawn(plan, auditor)
    facts = ("audit", "figure", "scope", "as_at", "known_before", "seed", "drawn_by")
    facts = (*facts, "seed_from", "seed_given_by", "seed_because")
    kept = {name: getattr(sample, name) for name in facts}
    changed = ["ACT-9999", *sample.drawn_from[1:]]
    other = AuditSample.objects.create(
        size=5, population=20, drawn_from=changed, digest=sample.digest, drawn_as="", **kept
    )
    rows = (SampledRow(sample=other, position=p, reference=str(p), subject=p, evidence=p) for p in range(5))
    SampledRow.objects.bulk_create(rows)
    again = draw_again(other)
    assert not again.list_is_whole
    assert not again.is_same
    assert again.left == ["ACT-9999"]
    page = signed_in(auditor).get(address("sample_again", plan, other.pk)).content.decode()
    assert "The seed does not draw the same" in page
    assert "not the one of which the SHA-256 was kept" in page


def test_more_than_there_are_and_an_audit_without_a_plan_are_refused_in_words(plan, auditor):
    with pytest.raises(StepError, match="There are 20 to draw from"):
        drawn(plan, auditor, size=21)
    with pytest.raises(StepError, match="No plan answers this audit"):
        drawn(None, auditor, audit=(alone := AuditFactory()), size=1)
    browser, way = signed_in(auditor), reverse("actions:draw_sample", args=[alone.code])
    shown = browser.get(way)
    assert "No plan answers this audit yet, so its actions" in shown.content.decode()
    assert [key for key, _ in shown.context["form"].fields["figure"].choices] == ["assets.total"]
    shown = browser.post(way, typed())
    assert "No plan answers this audit yet, so its actions" in shown.context["form"].errors["figure"][0]


def test_a_sample_stands_as_it_was_drawn(plan, auditor):
    sample = drawn(plan, auditor)
    for change in (
        lambda: AuditSample.objects.filter(pk=sample.pk).update(seed=8),
        lambda: SampledRow.objects.filter(sample=sample).update(reference="X"),
        lambda: SampledRow.objects.filter(sample=sample)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError) as refused, transaction.atomic():
            change()
        assert isinstance(refused.value.__cause__, psycopg.Error)
    assert len(sample.references()) == 5


def test_a_sample_says_whether_its_seed_was_drawn_or_given_by_whom_and_why(plan, auditor):
    given, own = drawn(plan, auditor), drawn(plan, auditor, seed=None)
    browser = signed_in(auditor)
    for sample, said in (
        (given, "Given by External audit: Named before the visit"),
        (own, "Drawn by Custodian"),
    ):
        assert said in browser.get(sample.get_absolute_url()).content.decode()
        file = reverse("exchange:sample_file", args=[plan.audit.code, sample.pk, "csv"])
        assert {row[7] for row in csv_rows(b"".join(browser.get(file).streaming_content))[1:]} == {said}
    facts = ("audit_id", "figure", "as_at", "known_before", "digest", "drawn_by", "drawn_from", "population")
    kept = {name: getattr(given, name) for name in facts} | {"size": 1, "seed": 1}
    for wrong in (
        {},
        {"seed_from": "given", "seed_given_by": "x"},
        {"seed_from": "drawn", "seed_because": "x"},
    ):
        with pytest.raises(IntegrityError, match="says_where_its_seed_is_from"), transaction.atomic():
            AuditSample.objects.create(**kept, **wrong)


def test_a_form_that_is_sent_twice_draws_one_sample(plan, auditor):
    browser, once = signed_in(auditor), {"once": str(uuid4())}
    addresses = {browser.post(address("draw_sample", plan), typed(**once)).url for _ in range(2)}
    assert len(addresses) == AuditSample.objects.count() == 1
    again = browser.post(address("draw_sample", plan), typed(size="6", **once))
    assert "drawn a sample already. Open it anew" in again.content.decode()
    for other in ({"seed_given_by": "The SIRO"}, {"seed_because": "Thrown with dice"}):
        page = browser.post(address("draw_sample", plan), typed(**other, **once))
        assert "drawn a sample already. Open it anew" in page.content.decode()
    assert AuditSample.objects.count() == 1
    assert browser.post(address("draw_sample", plan), typed(once=str(uuid4()))).status_code == 302
    assert AuditSample.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_draw_one_sample(plan, auditor):
    once = uuid4()
    found = together([lambda: drawn(plan, auditor, seed=None, once=once)] * 4)
    assert len({sample.pk for sample in found}) == AuditSample.objects.count() == 1


def test_a_sample_holds_as_many_rows_as_were_drawn(plan, auditor):
    sample = drawn(plan, auditor)
    row = {"reference": "X", "evidence_kind": "x", "evidence": 1}
    facts = ("audit", "figure", "as_at", "known_before", "seed", "drawn_by", "drawn_from", "population")
    kept = {name: getattr(sample, name) for name in facts} | {"digest": "x", "seed_from": "drawn"}

    def checked(write):
        with transaction.atomic():
            write()
            connection.check_constraints()

    for write in (
        lambda: SampledRow.objects.create(sample=sample, position=99, subject=0, **row),
        lambda: AuditSample.objects.create(size=2, **kept),
    ):
        with pytest.raises(IntegrityError, match="as many rows as were drawn"):
            checked(write)


def test_no_more_is_drawn_than_there_is_and_no_row_twice(plan, auditor):
    sample = drawn(plan, auditor)
    facts = {"audit": plan.audit, "figure": "actions.total", "as_at": today(), "digest": "x"}
    known = {"known_before": sample.known_before, "drawn_by": auditor, "drawn_from": [], "population": 20}
    known["seed_from"] = "drawn"
    for size in (0, 21):
        with pytest.raises(IntegrityError, match="drawn_from_enough"), transaction.atomic():
            AuditSample.objects.create(size=size, seed=1, **facts, **known)
    with pytest.raises(IntegrityError, match="has_a_seed"), transaction.atomic():
        AuditSample.objects.create(size=1, seed=-1, **facts, **known)
    row = sample.rows.first()
    same = {"sample": sample, "reference": "X", "evidence_kind": "x", "evidence": 1}
    with pytest.raises(IntegrityError, match="place_once"), transaction.atomic():
        SampledRow.objects.create(position=row.position, subject=0, **same)
    with pytest.raises(IntegrityError, match="drawn_once"), transaction.atomic():
        SampledRow.objects.create(position=99, subject=row.subject, **same)


def typed(**facts):
    day = facts.pop("as_at", today())
    asked = {"figure": "actions.total", "size": "5", "seed": "7"}
    asked |= {"seed_given_by": "External audit", "seed_because": "Named before the visit"}
    return asked | {"as_at_day": day.day, "as_at_month": day.month, "as_at_year": day.year} | facts


def address(name, plan, *further):
    return reverse(f"actions:{name}", args=[plan.audit.code, *further])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"size": "21"}, "There are 20 to draw from on that day"),
        ({"size": "0"}, "There is a problem"),
        ({"size": "many"}, "There is a problem"),
        ({"seed": "-1"}, "There is a problem"),
        ({"seed": "9" * 30}, "There is a problem"),
        ({"figure": "risks.total"}, "There is a problem"),
        ({"seed_given_by": ""}, "Enter who gave the seed"),
        ({"seed_because": " "}, "Enter why the seed was given"),
        ({"seed": ""}, "Enter the seed that was given, or leave out who gave it and why"),
        ({"as_at": today() + timedelta(days=2)}, "must be today or in the past"),
        ({"as_at": date(1, 1, 1)}, "There is a problem"),
    ],
)
def test_a_draw_that_cannot_be_is_refused_in_words_and_draws_nothing(plan, auditor, wrong, sentence):
    page = signed_in(auditor).post(address("draw_sample", plan), typed(**wrong))
    assert sentence in page.content.decode()
    assert not AuditSample.objects.exists()


@pytest.mark.parametrize(("ending", "rows_of"), [("csv", csv_rows), ("xlsx", xlsx_rows)])
def test_a_sample_leaves_as_a_file_with_its_seed_and_list_in_each_row(plan, auditor, ending, rows_of):
    sample = drawn(plan, auditor)
    answer = signed_in(auditor).get(
        reverse("exchange:sample_file", args=[plan.audit.code, sample.pk, ending])
    )
    heading, *rows = rows_of(b"".join(answer.streaming_content))
    assert heading[:2] == ["Place", "Reference"]
    assert [row[1] for row in rows] == sample.references()
    assert {(row[4], row[6]) for row in rows} == {("7", sample.digest)}
    assert answer["Content-Disposition"].startswith("attachment")


def test_by_the_two_files_anybody_draws_the_same(plan, auditor):
    sample = drawn(plan, auditor)
    answer = signed_in(auditor).get(reverse("exchange:sample_list", args=[plan.audit.code, sample.pk]))
    listed = [row[0] for row in csv_rows(b"".join(answer.streaming_content))[1:]]
    assert hashlib.sha256("\n".join(listed).encode()).hexdigest() == sample.digest
    by_hand = sorted(listed, key=lambda each: hashlib.sha256(f"7:{each}".encode()).hexdigest())
    assert by_hand[:5] == sample.references()


def test_a_file_of_another_kind_and_a_sample_of_another_audit_are_not_there(plan, auditor):
    sample, other = drawn(plan, auditor), PlanFactory(audit=AuditFactory())
    browser = signed_in(auditor)
    wrong = reverse("exchange:sample_file", args=[plan.audit.code, sample.pk, "exe"])
    assert browser.get(wrong).status_code == 404
    assert browser.get(address("sample", other, sample.pk)).status_code == 404


def test_what_was_drawn_stands_with_its_title_its_owner_and_its_status_then(plan, auditor):
    first = plan.actions.select_related("owner").order_by("reference")[0]
    sample = drawn(plan, auditor, size=20)
    first.report(Status.IN_PROGRESS, effective_on=plan.opened_on, by=auditor)
    with CaptureQueriesContext(connection) as queries:
        rows = {row.reference: row for row in Drawn(sample, auditor).rows}
    assert [value for _, value in rows[first.reference].cells] == [
        first.title,
        first.owner.title,
        "not_started",
    ]
    assert len(queries) <= 4
    AssetFactory()
    asked = drawn(plan, auditor, size=1, figure="assets.total")
    assert [column.heading for column, _ in Drawn(asked, auditor).rows[0].cells] == [
        "Asset",
        "Owner",
        "Status",
    ]


@pytest.mark.parametrize("number", [3, 40])
def test_the_list_takes_the_same_questions_however_many_there_are(
    plan, auditor, django_assert_max_num_queries, number
):
    for seed in range(number):
        drawn(plan, auditor, seed=seed)
    browser = signed_in(auditor)
    browser.get(address("samples", plan))
    with django_assert_max_num_queries(12):
        assert browser.get(address("samples", plan)).status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_auditor_draws_a_sample_and_draws_it_again(page, auditor, plan):
    sign_in(page, auditor)
    page.goto(plan.audit.get_absolute_url())
    page.get_by_role("link", name="Samples").click()
    axe(page)
    page.get_by_role("button", name="Draw a sample").click()
    axe(page)
    page.get_by_label("Actions", exact=True).check()
    page.get_by_label("How many").fill("3")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("rowheader")).to_have_count(3)
    axe(page)
    page.set_viewport_size(NARROW)
    expect(page.get_by_text("Owner now:").first).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Draw it again").click()
    expect(page.get_by_text("The seed draws the same, in the same order.")).to_be_visible()
    axe(page)
