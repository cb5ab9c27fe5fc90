"""A real worker, killed while it works and robbed of its messages: every paper is made once, and whole."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta
from functools import partial
from hashlib import sha256
from io import BytesIO

import pypdf
import pytest
from django.conf import settings

from governance.committees import services
from governance.committees.models import Issue, Paper, Rendering
from governance.core.dates import today
from tests.actions.at_once import together
from tests.committees.factories import MeetingFactory, PaperFactory

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("built_interface"),
]

PAPERS, KILLS, LEASE = 20, 10, 4
PATIENCE = 600  # seconds, on a machine that does other things too; alone it takes well under 180


class Worker:
    """A Celery worker with its beat, in a process group of its own, ended by its recorded number."""

    def __init__(self, env, schedule):
        self.env = env | {"RENDER_LEASE_SECONDS": str(LEASE), "RENDER_SWEEP_SECONDS": "1"}
        quiet = ["--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        alone = ["--pool", "solo", "-B", "--schedule", str(schedule)]
        self.command = [sys.executable, "-m", "celery", "-A", "governance", "worker", *alone, *quiet]
        self.process = None

    def start(self):
        options = {"env": self.env, "cwd": settings.BASE_DIR, "start_new_session": True}
        self.process = subprocess.Popen(self.command, **options)

    def kill(self, how=signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        self.process.wait(timeout=60)


@pytest.fixture
def worker(process_env, tmp_path):
    found = Worker(process_env, tmp_path / "schedule")
    yield found
    if found.process:
        found.kill()


def wait_for(condition, until):
    """The first true answer; fails when time is up."""
    while time.monotonic() < until:
        if answer := condition():
            return answer
        time.sleep(0.02)
    pytest.fail(f"waited in vain: {list(Rendering.objects.values_list('state', 'attempt', 'error'))}")


def issue_papers(plan, officer, number):
    """Ask for all of them at once; who is told that somebody writes at this moment asks again."""
    meetings = [MeetingFactory(held_on=today() + timedelta(days=day)) for day in range(1, number + 1)]
    papers = [PaperFactory(meeting=meeting, plans=[plan]) for meeting in meetings]

    until = time.monotonic() + PATIENCE

    def ask(paper):
        while Paper.objects.filter(pk=paper.pk, state="draft").exists():
            assert time.monotonic() < until, "the registers were busy all the time"
            with suppress(services.RegisterBusyError):
                services.issue(paper, by=officer)

    together([partial(ask, paper) for paper in papers])


def at_work(killed, first):
    """Is the first paper under way, in an attempt that has not been interrupted yet?"""
    running = Rendering.objects.filter(state="running", format="pdf", paper=first)
    return running.filter(attempt__gt=killed).exists()


def whole(rendering):
    file = bytes(rendering.file)
    pages = len(pypdf.PdfReader(BytesIO(file)).pages) if rendering.format == "pdf" else 2
    return pages > 1 and rendering.size == len(file) and rendering.sha256 == sha256(file).hexdigest()


def test_of_20_papers_asked_for_at_once_each_is_issued_and_made_once_though_the_worker_is_killed_ten_times(
    worker, plan, officer
):
    until = time.monotonic() + PATIENCE
    messages = settings.BROKER_FOLDER / "messages"
    messages.mkdir(parents=True, exist_ok=True)
    issue_papers(plan, officer, PAPERS)
    sent = list(messages.iterdir())
    assert len(sent) == PAPERS * len(services.ENDINGS)
    for message in sent:  # every one is lost
        message.unlink()
    first = Rendering.objects.earliest("pk").paper_id
    for killed in range(KILLS):
        worker.start()
        wait_for(lambda killed=killed: at_work(killed, first), until)
        worker.kill()
    worker.start()
    wait_for(lambda: not Rendering.objects.exclude(state="done").exists(), until)
    assert Issue.objects.count() == Paper.objects.issued().count() == PAPERS
    renderings = list(Rendering.objects.all())
    assert len(renderings) == PAPERS * len(services.ENDINGS)
    assert all(whole(rendering) for rendering in renderings)
    assert Rendering.objects.get(paper=first, format="pdf").attempt == KILLS + 1
    assert not any(rendering.failures for rendering in renderings)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def redis(tmp_path):
    """A Redis server of our own, without a file to its name."""
    program = shutil.which("redis-server")
    assert program, "redis-server is not installed: apt-get install redis-server"
    port = free_port()
    where = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path)]
    quiet = ["--save", "", "--appendonly", "no"]
    server = subprocess.Popen([program, *where, *quiet], stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait(timeout=30)


def test_with_redis_as_the_broker_a_paper_is_made_too(process_env, redis, worker, plan, officer):
    worker.env |= {"BROKER_URL": redis}
    issue_papers(plan, officer, 1)
    worker.start()
    wait_for(lambda: not Rendering.objects.exclude(state="done").exists(), time.monotonic() + PATIENCE)
    assert all(whole(rendering) for rendering in Rendering.objects.all())
