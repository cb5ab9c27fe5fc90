"""Real programs for the tests of the set-up: started, watched, and found again wherever they are."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from governance.core.postgres import CHILD

ROOT = CHILD.parents[2]
PATIENCE = 400
"""Seconds after which a program counts as stuck: a first start makes the database, beside other tests."""


def wait_until(holds: Callable[[], object], seconds: float, what: str) -> None:
    """Return as soon as it holds; fail, saying what was waited for, when it does not in time."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, f"{what} did not happen within {seconds} s"
        time.sleep(0.05)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plain_environment(**more: str) -> dict[str, str]:
    """The environment of a newcomer: nothing of this run's database or settings."""
    ours = (
        "PYTEST_",
        "DATABASE_",
        "CUSTODIAN_",
        "VAR_DIR",
        "TEST_DATABASE",
        "BROKER_",
        "SECRET_KEY",
        "ALLOWED_",
        "DJANGO_",  # a browser test in the same process lets Django be asked from async code
    )
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | more


def run(*words: str, environment: dict[str, str], cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run to the end, with what it said."""
    return subprocess.run(
        words, env=environment, cwd=cwd, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def manage(*words: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A management command, run to its end."""
    return run(sys.executable, "manage.py", *words, environment=environment)


def alive(mark: str) -> dict[int, str]:
    """Every process that carries the mark in its environment, whoever its parent is now, with its command."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes().split(b"\0"):
                words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found[int(process.name)] = words
        except OSError:
            continue  # it ended while we looked, or is another account's
    return found


class Demonstration:
    """`manage.py demo` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.mark = f"VAR_DIR={folder}"
        self.port = free_port()
        self.environment = plain_environment(VAR_DIR=str(folder), PORT=str(self.port))
        self.output = folder.parent / f"output-{self.port}"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "demo", "--without-data"],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def said(self) -> str:
        """All it has said so far."""
        return self.output.read_text()

    def wait_until_up(self) -> None:
        """Return when it has said where everything is."""
        wait_until(
            lambda: "To stop: Ctrl-C" in self.said() or self.process.poll() is not None,
            PATIENCE,
            "the welcome",
        )
        assert self.process.poll() is None, self.said()

    def children(self, words: str) -> list[int]:
        """The processes whose command has these words, guards left out."""
        return [
            pid for pid, command in alive(self.mark).items() if words in command and "child.py" not in command
        ]

    def everything_gone(self) -> bool:
        """Whether no process is left that it started, nor one that those started."""
        return self.process.poll() is not None and not alive(self.mark)

    def end(self) -> None:
        """Leave nothing, however the test went."""
        for pid in alive(self.mark):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
