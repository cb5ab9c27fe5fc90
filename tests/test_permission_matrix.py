"""Every address x every role: what the rules say is what happens, for reading and for writing.

The table is tests/permission_table.py.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from actions.models import (
    Action,
    ActionArea,
    ActionColour,
    ActionPlan,
    Audit,
    Completion,
    DateRevision,
    Document,
    EvidencePack,
    Extension,
    FollowUp,
    FollowUpRating,
    MaturityArea,
    MaturityAssessment,
    MaturityModel,
    MaturityScore,
    Overlap,
    PackLayout,
    ProgressUpdate,
    Quotation,
    Recommendation,
)
from assets.models import (
    Agreement,
    Asset,
    Attestation,
    CampaignService,
    Disposal,
    Dpia,
    Hold,
    Obligation,
    ProcessingActivity,
    ProcessorContract,
    QualityIssue,
    QualityRule,
    SampledAnswer,
)
from governance.committees.models import (
    Body,
    Clearer,
    Meeting,
    Minute,
    Minutes,
    Paper,
    Request,
    Resolution,
    Restatement,
    Verification,
)
from governance.dashboards.models import HandOver
from governance.exchange.models import Batch
from governance.people.models import Draft
from governance.reminders.models import Digest
from risks.models import Acceptance, AcceptanceRequest, Assessment, Incident, Risk, RiskColour
from tests.permission_table import DOORS, ELSEWHERE, OPEN, PAPER_READERS, READERS, ROLES, SIGN_IN, Door

# What a POST may bring to somebody who may send it: the form again, the next page, a conflict.
TAKEN = {200, 302, 400, 409}
# Sessions are begun and refreshed by any request; the cache remembers; neither is a record.
NOT_RECORDS = {"django_session", "core_cache"}


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """A thousand refusals are the point here, and their traces would hide the one line that matters."""
    caplog.set_level(logging.CRITICAL, "django.request")


def names(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Every URL name in the product, with its namespace; an address without a name shows as its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            room = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, room)
        else:
            yield f"{prefix}{pattern.name or pattern.pattern}"


def existing() -> set[str]:
    return set(names(get_resolver().url_patterns))


def standing_doors() -> list[Door]:
    """The rows, less those of pages that development alone has."""
    return [door for door in DOORS if not door.development_only]


each_door = pytest.mark.parametrize("door", standing_doors(), ids=str)


def test_every_address_has_a_row_in_the_table():
    undeclared = sorted(existing() - {door.name for door in DOORS})
    assert undeclared == [], "Say in tests/permission_table.py (DOORS) who may open these addresses"


def test_every_row_of_the_table_has_an_address():
    gone = sorted({door.name for door in standing_doors()} - existing())
    assert gone == [], "No address has these names any more: take their rows out of tests/permission_table.py"


def test_no_row_stands_twice():
    rows = [str(door) for door in DOORS]
    assert sorted({row for row in rows if rows.count(row) > 1}) == []


def test_a_row_names_only_people_of_the_cast(world):
    named = {who for door in DOORS for who in door.opens_to | door.refused}
    assert named <= set(world.cast)
    assert set(world.cast) >= ROLES


@each_door
def test_who_may_read(world, door):
    address, before = reverse(door.name, args=door.at(world)), rows_of_every_table()
    wrong = {}
    for who, browser in world.browsers.items():
        happened, expected = outcome(browser.get(address)), door.for_get(who)
        if happened != expected:
            wrong[who] = f"got {happened}, the table says {expected}"
    assert wrong == {}, f"GET {address} ({door})"
    assert rows_of_every_table() == before, f"GET {address} ({door}) changed a record"


@each_door
def test_who_may_write(world, door):
    address = reverse(door.name, args=door.at(world))
    wrong = {}
    for who, person_browser in world.browsers.items():
        expected = door.for_post(who)
        with undone(person_browser) as browser:
            happened = outcome(browser.post(address))
        if happened != expected and not (expected in (OPEN, ELSEWHERE) and is_taken(happened, door)):
            wrong[who] = f"got {happened}, the table says {expected}"
    assert wrong == {}, f"POST {address} ({door})"


def outcome(response):
    """The status or, for a redirect, where it leads."""
    if response.status_code not in (301, 302, 303):
        return response.status_code
    return SIGN_IN if response["Location"].startswith("/accounts/login/") else ELSEWHERE


def is_taken(happened, door):
    """Signing out leads to the sign-in page; anywhere else that would be a refusal."""
    return (
        happened in TAKEN or happened == ELSEWHERE or (door.name == "account_logout" and happened == SIGN_IN)
    )


@contextmanager
def undone(browser):
    """A browser for one request, after which the database and the browser's cookies are as before."""
    cookies = browser.cookies.output()
    kept = {name: morsel.value for name, morsel in browser.cookies.items()}
    before = transaction.savepoint()
    try:
        yield browser
    finally:
        transaction.savepoint_rollback(before)
        transaction.set_rollback(False)
        if browser.cookies.output() != cookies:
            browser.cookies.clear()
            for name, value in kept.items():
                browser.cookies[name] = value


def rows_of_every_table():
    """For each table the number of its rows and a sum over where they lie: an update moves a row.

    In the order of the names: Postgres may read the tables in parallel and answer in any order.
    """
    tables = [table for table in connection.introspection.table_names() if table not in NOT_RECORDS]
    counted = "SELECT '{0}', count(*), sum(hashtext(ctid::text)) FROM {0}"
    with connection.cursor() as cursor:
        counts = " UNION ALL ".join(counted.format(f'"{table}"') for table in tables)
        cursor.execute(f"{counts} ORDER BY 1")
        return cursor.fetchall()


def test_the_check_for_changed_records_notices_an_update_that_adds_no_row(world):
    before = rows_of_every_table()
    with undone(world.browsers["stranger"]):
        ActionPlan.objects.filter(pk=world.owner.action.plan.pk).update(note="changed")
        assert rows_of_every_table() != before
    assert rows_of_every_table() == before


# Scope: who sees which rows, in lists as on pages


def everything(world):
    """(what, all of it, what the owner sees, what the owner does not): each pair is not empty."""
    owner, other, gone = world.owner, world.other_owner, world.replacement.action
    return [
        (Asset, {owner.asset.pk, world.second_asset.pk}, {other.asset.pk}),
        (Risk, {owner.risk.pk}, {other.risk.pk}),
        (Action, {owner.action.pk, gone.pk}, {other.action.pk}),
        (ActionPlan, {owner.action.plan.pk, gone.plan.pk}, {other.action.plan.pk}),
        (
            ProgressUpdate,
            {update.pk for each in (owner.action, gone) for update in each.updates.all()},
            set(other.action.updates.values_list("pk", flat=True)),
        ),
    ]


def seen(model, person):
    return set(model.objects.visible_to(person).values_list("pk", flat=True))


def test_there_is_something_to_hide(world):
    for model, own, foreign in everything(world):
        assert own, model
        assert foreign, model
        assert not own & foreign, model
        assert set(model.objects.values_list("pk", flat=True)) >= own | foreign, model


def test_every_scoped_register_is_in_this_test():
    from django.apps import apps

    scoped = {model for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")}
    covered = {Asset, Risk, Action, ActionPlan, ProgressUpdate, Paper}
    covered |= {Body, Meeting, Minutes}  # tests/committees/test_bodies.py, test_meetings.py
    covered |= {Completion, DateRevision, Extension}  # tests/actions
    covered |= {ActionColour, RiskColour}  # tests/colours
    covered |= {Audit, Quotation, Recommendation}  # tests/actions/test_who_sees_audits.py
    covered |= {FollowUp, FollowUpRating}  # tests/actions/test_who_sees_audits.py
    covered |= {Batch}  # tests/exchange/test_import_pages.py
    covered |= {Disposal, Hold}  # tests/assets/test_who_sees_disposals.py
    covered |= {Draft, QualityIssue, QualityRule}  # tests/registers/test_drafts.py, assets/test_quality.py
    covered |= {Attestation, CampaignService, SampledAnswer}  # tests/assets/test_who_sees_confirmations.py
    covered |= {Agreement, Obligation, ProcessorContract}  # tests/assets/test_who_sees_sharing.py
    covered |= {Dpia, ProcessingActivity}  # tests/assets/test_who_sees_processing.py
    covered |= {Assessment}  # tests/risks/test_who_sees_scores.py
    covered |= {Acceptance, AcceptanceRequest}  # tests/risks/test_acceptance_pages.py
    covered |= {Digest, HandOver}  # tests/reminders/test_pages.py, tests/dashboards/test_hand_over_planned.py
    covered |= {EvidencePack, PackLayout}  # tests/actions/test_packs.py, tests/doors/packs.py
    covered |= {Document}  # tests/actions/test_evidence_pages.py
    covered |= {Overlap}  # tests/actions/test_overlap_pages.py
    covered |= {Clearer}  # tests/committees/test_clearance.py
    covered |= {Verification}  # tests/committees/test_proof_pages.py
    covered |= {Restatement}  # tests/committees/test_restatement_pages.py
    covered |= {Incident}  # tests/risks/test_who_sees_incidents.py
    covered |= {ActionArea, MaturityArea, MaturityAssessment, MaturityModel, MaturityScore}  # tests/actions
    covered |= {Minute, Request, Resolution}  # tests/committees/test_request_pages.py
    assert scoped == covered, "Add the register to everything() or to a test of its own beside it"


@pytest.mark.parametrize("who", sorted(READERS))
def test_who_reads_the_registers_sees_all_of_them(world, who):
    for model, own, foreign in everything(world):
        assert seen(model, world.cast[who]) >= own | foreign, model


def test_who_owns_for_a_unit_sees_what_is_theirs_and_nothing_else(world):
    for model, own, foreign in everything(world):
        assert seen(model, world.owner) == own, model
        assert seen(model, world.other_owner) == foreign, model


@pytest.mark.parametrize("who", sorted(ROLES - READERS | {"outsider"}))
def test_who_neither_reads_nor_owns_sees_nothing(world, who):
    for model, _, _ in everything(world):
        assert seen(model, world.cast[who]) == set(), model


@pytest.mark.parametrize("who", sorted(ROLES | {"owner", "other_owner", "outsider"}))
def test_drafts_and_issued_papers_are_seen_by_those_they_are_for(world, who):
    drafts = {"committee_officer", "author", "ig_officer", "siro", "internal_auditor", "monitoring_officer"}
    issued = {each.pk for each in (world.issued, world.failed, world.past, world.in_two_parts)}
    expected = issued if who in PAPER_READERS else set()
    expected |= {world.draft.pk, world.marked.pk} if who in drafts else set()
    assert seen(Paper, world.cast[who]) == expected
