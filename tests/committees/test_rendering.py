"""Claiming and finishing a rendering: of two workers one wins, and what is done stays done."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.db.models.functions import Now

from governance.celery import app
from governance.committees import services, tasks
from governance.committees.models import Rendering
from governance.committees.models.rendering import ATTEMPTS, FAILURES, GIVEN_UP
from tests.committees.factories import PaperFactory

pytestmark = pytest.mark.django_db

LEASE = timedelta(minutes=2)


@pytest.fixture
def rendering():
    return Rendering.objects.create(paper=PaperFactory(), filename="paper.pdf")


def pretend_the_lease_is_over(rendering):
    Rendering.objects.filter(pk=rendering.pk).update(lease_until=Now() - timedelta(seconds=1))


def seen(rendering):
    rendering.refresh_from_db()
    return rendering.state, rendering.attempt


def test_only_one_worker_claims_a_rendering(rendering):
    assert Rendering.claim(rendering.pk, lease=LEASE).attempt == 1
    assert Rendering.claim(rendering.pk, lease=LEASE) is None


def test_a_finished_rendering_has_file_digest_and_size(rendering):
    assert Rendering.claim(rendering.pk, lease=LEASE).finish(b"a file")
    rendering.refresh_from_db()
    assert (rendering.state, bytes(rendering.file), rendering.size) == ("done", b"a file", 6)
    assert len(rendering.sha256) == 64
    assert rendering.finished_at


def test_a_finished_rendering_is_never_claimed_again(rendering):
    Rendering.claim(rendering.pk, lease=LEASE).finish(b"a file")
    assert Rendering.claim(rendering.pk, lease=LEASE) is None
    assert not rendering.try_again()


@pytest.mark.parametrize("change", [{"file": b"another"}, {"state": "queued", "file": None}])
def test_the_database_refuses_to_change_a_finished_rendering(rendering, change):
    Rendering.claim(rendering.pk, lease=LEASE).finish(b"a file")
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        Rendering.objects.filter(pk=rendering.pk).update(**change)
    assert refused.value.__cause__.diag.constraint_name == "finished_rendering_never_changes"
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        rendering.delete()
    assert isinstance(refused.value.__cause__, psycopg.errors.CheckViolation)


def test_a_worker_that_comes_back_too_late_stores_nothing(rendering):
    slow = Rendering.claim(rendering.pk, lease=LEASE)
    pretend_the_lease_is_over(rendering)
    quick = Rendering.claim(rendering.pk, lease=LEASE)
    assert quick.attempt == 2
    assert not slow.finish(b"late")
    assert not slow.give_back("late")
    assert quick.finish(b"in time")
    assert bytes(Rendering.objects.get(pk=rendering.pk).file) == b"in time"


def test_an_attempt_that_fails_is_queued_again_until_all_are_used(rendering):
    for attempt in range(1, FAILURES + 1):
        assert Rendering.claim(rendering.pk, lease=LEASE).give_back("No ink")
        assert seen(rendering) == ("failed" if attempt == FAILURES else "queued", attempt)
    assert rendering.error == "No ink"
    assert Rendering.claim(rendering.pk, lease=LEASE) is None


def test_trying_again_gives_all_attempts_anew(rendering):
    for _ in range(FAILURES):
        Rendering.claim(rendering.pk, lease=LEASE).give_back("No ink")
    assert rendering.try_again()
    assert seen(rendering) == ("queued", 0)
    assert Rendering.claim(rendering.pk, lease=LEASE)


def test_the_sweeper_finds_what_nobody_holds(rendering):
    assert not Rendering.objects.unheld().exists()  # the hint is still on its way
    Rendering.objects.update(requested_at=F("requested_at") - timedelta(seconds=3))
    assert Rendering.objects.unheld().get() == rendering
    Rendering.claim(rendering.pk, lease=LEASE)
    assert not Rendering.objects.unheld().exists()
    pretend_the_lease_is_over(rendering)
    assert Rendering.objects.unheld().get() == rendering


def kill_the_worker(rendering, times):
    for _ in range(times):
        assert Rendering.claim(rendering.pk, lease=LEASE)
        pretend_the_lease_is_over(rendering)
    tasks.sweep_renderings()


def test_a_worker_killed_ten_times_over_one_paper_is_not_the_papers_failure(rendering):
    kill_the_worker(rendering, 10)
    assert seen(rendering) == ("running", 10)
    assert Rendering.claim(rendering.pk, lease=LEASE).give_back("No ink")
    assert seen(rendering) == ("queued", 11)
    assert Rendering.claim(rendering.pk, lease=LEASE).finish(b"a file")


def test_a_worker_that_dies_every_time_is_told_to_the_officer(rendering):
    kill_the_worker(rendering, ATTEMPTS)
    assert seen(rendering) == ("failed", ATTEMPTS)
    assert rendering.error == GIVEN_UP


def test_the_task_run_three_times_makes_one_file(plan, officer):
    issue = services.issue(PaperFactory(plans=[plan], to_come=True), by=officer)
    rendering = Rendering.objects.get(paper=issue.paper, format="pdf")
    for _ in range(3):
        tasks.render_paper(rendering_id=rendering.pk)
    assert seen(rendering) == ("done", 1)


def test_a_task_for_a_rendering_that_is_gone_does_nothing():
    tasks.render_paper(rendering_id=987654)


def test_a_layout_that_cannot_be_made_is_said_in_words_and_the_log_has_the_cause(
    plan, officer, tmp_path, settings
):
    issue = services.issue(PaperFactory(plans=[plan], to_come=True), by=officer)
    settings.STATICFILES_DIRS = [tmp_path]  # as if the interface had not been built
    from django.contrib.staticfiles import finders

    finders.get_finder.cache_clear()
    rendering = Rendering.objects.get(paper=issue.paper, format="pdf")
    for _ in range(FAILURES):
        tasks.render_paper(rendering_id=rendering.pk)
    finders.get_finder.cache_clear()
    assert seen(rendering) == ("failed", 3)
    assert rendering.error == tasks.MISHAP


def test_nothing_asked_while_the_worker_was_down_is_done_again_when_it_comes_back(rendering, process_env):
    assert app.conf.beat_schedule["sweep-renderings"]["options"]["expires"] == settings.RENDER_SWEEP_SECONDS
    tasks.hint(rendering.pk)
    (message,) = (settings.BROKER_FOLDER / "messages").iterdir()
    expires = datetime.fromisoformat(json.loads(message.read_text())["headers"]["expires"])
    assert timedelta(0) < expires - datetime.now(UTC) < timedelta(minutes=1)


ISSUE = """
from governance.committees.models import Paper
from governance.committees.services import issue
from governance.people.models import User
issue(Paper.objects.get(), by=User.objects.first())
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_does_not_stop_a_paper_from_being_issued(plan, process_env):
    PaperFactory(plans=[plan], to_come=True)
    env = process_env | {"BROKER_URL": "redis://127.0.0.1:9/0"}  # nobody listens there
    command = [sys.executable, "manage.py", "shell", "--command", ISSUE]
    subprocess.run(command, env=env, cwd=settings.BASE_DIR, check=True, capture_output=True, timeout=60)
    assert set(Rendering.objects.values_list("state", flat=True)) == {"queued"}


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("rendering_is_done_with_its_file", {"file": b"half", "sha256": sha256(b"half").hexdigest()}),
        ("rendering_runs_under_a_lease", {"lease_until": Now()}),
    ],
)
def test_a_rendering_that_cannot_be_is_refused(rendering, constraint, change):
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        Rendering.objects.filter(pk=rendering.pk).update(**change)
    assert refused.value.__cause__.diag.constraint_name == constraint
