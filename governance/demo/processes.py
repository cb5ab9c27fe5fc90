"""The processes of the demonstration: web, worker and beat, kept up by one parent and gone with it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from governance.core.postgres import CHILD

HOST = "127.0.0.1"
GRACE = 3  # seconds a process has to finish what it holds; the rows know what was left
PATIENCE = 30  # seconds at most between two attempts to keep something up that dies at once
PYTHON = [sys.executable, "-m"]
WEB = [
    *PYTHON,
    "gunicorn",
    "governance.wsgi",
    *("--workers", "1", "--threads", "8", "--no-control-socket", "--access-logfile", "-"),
]
CELERY = [*PYTHON, "celery", "--app", "governance"]
WORKER = [
    *CELERY,
    "worker",
    *("--concurrency", "1", "--loglevel", "INFO", "--without-mingle", "--without-gossip"),
]
BEAT = [*CELERY, "beat", "--loglevel", "INFO", "--pidfile", ""]


def port_is_free(port: int) -> bool:
    """Whether the web server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


class Process:
    """One child with a log of its own, started again when it dies.

    A guard stands between us and it, so that it and all it starts are gone seconds after we are, even when we
    are killed without warning.
    """

    def __init__(self, name: str, command: list[str], log: Path) -> None:
        self.name = name
        self.command = command
        self.log = log
        self.child: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.pause = 1
        log.unlink(missing_ok=True)

    def start(self) -> None:
        """Start it; what it says is added to its log."""
        guard = [sys.executable, "-I", "-S", str(CHILD), "guard", str(GRACE), str(os.getpid())]
        with self.log.open("a") as log:
            self.child = subprocess.Popen(
                [*guard, *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the parent, who stops us in its own order
            )
        self.started_at = time.monotonic()

    def keep_up(self, say: Callable[[str], None]) -> None:
        """Start it again if it has died, after a pause that doubles while it keeps dying at once."""
        if self.child is None or self.child.poll() is None:
            return
        lived = time.monotonic() - self.started_at
        if lived < self.pause:
            return
        self.pause = min(self.pause * 2, PATIENCE) if lived < PATIENCE else 1
        say(f"The {self.name} ended; starting it again (see {self.log}).")
        self.start()

    def ask_to_stop(self) -> None:
        """Let it finish what it holds."""
        if self.child is not None:
            self.child.terminate()

    def wait(self) -> None:
        """Return when it and all it started are gone."""
        if self.child is not None:
            self.child.wait(GRACE * 2)


def processes(port: int, logs: Path) -> list[Process]:
    """Web, worker and beat, not yet started."""
    logs.mkdir(parents=True, exist_ok=True)
    logs.chmod(0o700)  # mails are printed there; also where an earlier version made the folder
    web = [*WEB, "--bind", f"{HOST}:{port}"]
    commands = {"web server": web, "worker": WORKER, "beat": BEAT}
    return [Process(name, command, logs / f"{name.split()[0]}.log") for name, command in commands.items()]


def answers(address: str) -> bool:
    """Whether the web server answers there, whatever it says."""
    try:
        urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310 - our own address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
