"""`manage.py demo`: everything up by one word, and nothing left when it ends, however it ends."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.setup.programs import Demonstration, alive, manage, plain_environment, wait_until

pytestmark = pytest.mark.slow

PROCESSES = ("postgres -D", "gunicorn governance.wsgi", "governance worker", "governance beat")
SECONDS_TO_BE_GONE = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all starts of this file, as a clone has: only the first makes a database."""
    folder = tmp_path_factory.mktemp("demo") / "var"
    folder.mkdir()
    return folder


@pytest.fixture
def demonstration(folder: Path) -> Iterator[Demonstration]:
    demonstration = Demonstration(folder)
    try:
        demonstration.wait_until_up()
        yield demonstration
    finally:
        demonstration.end()


@pytest.mark.parametrize("call", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_it_and_the_data_folder_is_not_locked(demonstration, call):
    for words in PROCESSES:
        wait_until(lambda words=words: demonstration.children(words), 20, f"{words} being there")

    demonstration.process.send_signal(call)

    wait_until(demonstration.everything_gone, SECONDS_TO_BE_GONE, "the end of every process")
    assert demonstration.process.returncode == (-signal.SIGKILL if call == signal.SIGKILL else 0)
    # That the data folder is not locked, the next start in the same folder shows; here nobody claims it.
    assert not (Path(demonstration.environment["VAR_DIR"]) / "postgres" / "data" / "postmaster.pid").exists()


def test_a_second_start_names_the_first_and_what_dies_is_started_again(demonstration):
    second = manage("demo", environment=demonstration.environment)

    assert second.returncode == 0
    assert f"already running at http://127.0.0.1:{demonstration.port}, since " in second.stdout
    assert f"(process {demonstration.process.pid})" in second.stdout

    (beat,) = demonstration.children("governance beat")
    (server,) = demonstration.children("postgres -D")

    os.kill(beat, signal.SIGKILL)
    os.kill(server, signal.SIGKILL)

    for sentence in ("The beat ended; starting it again", "Postgres ended; starting it again"):
        wait_until(lambda sentence=sentence: sentence in demonstration.said(), 20, sentence)
    wait_until(lambda: demonstration.children("governance beat") not in ([], [beat]), 10, "another beat")
    wait_until(lambda: demonstration.children("postgres -D") not in ([], [server]), 10, "another Postgres")


def exposed(folder: Path) -> list[str]:
    """What of the folder other accounts of this machine can come at and read."""
    found = []
    for path in folder.iterdir():
        mode = path.lstat().st_mode
        if path.is_dir() and mode & 0o011:
            found += exposed(path)
        if mode & 0o044:
            found.append(str(path))
    return found


def test_no_other_account_reads_what_it_writes(demonstration):
    folder = Path(demonstration.environment["VAR_DIR"])
    assert {path.name for path in folder.iterdir()} >= {"log", "broker", "beat", "postgres", "demo.lock"}
    assert exposed(folder) == []


def test_a_busy_port_is_one_sentence_and_nothing_is_started(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        environment = plain_environment(VAR_DIR=str(tmp_path), PORT=str(port))
        refused = manage("demo", environment=environment)

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"CommandError: Port {port} is in use by another program: "
        "stop it, or choose another with PORT=8001 ./run"
    ]
    assert not (tmp_path / "postgres").exists()
    assert not alive(f"VAR_DIR={tmp_path}")
