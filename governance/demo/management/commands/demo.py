"""`demo`: the demonstration council, with everything it needs, until Ctrl-C."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any, Never, TypeVar

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from governance.core.binaries import LocalPostgresError
from governance.core.postgres import LocalPostgres
from governance.demo.made import all_is_made, keep_papers
from governance.demo.processes import HOST, Process, answers, port_is_free, processes
from governance.demo.running import AlreadyRunningError, Running, only_one

PORTS = 65_536
SECONDS_TO_ANSWER = 120
SECONDS_FOR_PAPERS = 90
CALLS_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

NEXT = """
What to do next: open {address}, sign in as the committee officer, choose Committees and a paper,
and click any figure in it: its records open. The SIRO, an asset owner or the auditor see other things.
Logs: {logs}. To stop: Ctrl-C"""

Answer = TypeVar("Answer")


class Command(BaseCommand):
    """Start Postgres, migrate, load, start web, worker and beat, say where they are, and keep them up."""

    help = "Start the demonstration council: Postgres, web, worker and beat, until Ctrl-C"
    requires_system_checks = []  # asked for below, when Postgres is up

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port, and whether the council is to be loaded."""
        port = os.environ.get("PORT") or "8000"
        parser.add_argument("--port", default=port, help="default: PORT, else 8000")
        parser.add_argument("--without-data", action="store_true", help="start with what is there")

    def handle(self, *, port: str, without_data: bool, **options: Any) -> None:
        """Run until asked to stop; a demonstration that is up already is named, and that is no error."""
        if not (port.isdecimal() and 0 < int(port) < PORTS):
            raise CommandError(f"PORT must be a number from 1 to {PORTS - 1}, not “{port}”.")
        self.run(int(port), without_data=without_data)

    def run(self, port: int, *, without_data: bool) -> None:
        """The only demonstration of this folder, until asked to stop."""
        for call in CALLS_TO_STOP:
            signal.signal(call, leave)
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)  # before: under root, Postgres passes through it
        os.umask(0o077)
        self.address = f"http://{HOST}:{port}"
        self.children: list[Process] = []
        me = Running(address=self.address, since=f"{datetime.now():%H:%M, %-d %B %Y}", process=os.getpid())
        try:
            with only_one(settings.VAR_DIR / "demo.lock", me):
                self.require_port(port)
                with self.postgres() as self.local:
                    self.bring_up(port, load=not without_data)
        except AlreadyRunningError as error:
            self.name_running(error.running)
        except LocalPostgresError as error:
            raise CommandError(str(error)) from error

    # Before anything starts

    def require_port(self, port: int) -> None:
        """Raise CommandError, in one sentence, when another program listens there."""
        if not port_is_free(port):
            raise CommandError(
                f"Port {port} is in use by another program: stop it, or choose another with PORT=8001 ./run"
            )

    def name_running(self, running: Running | None) -> None:
        """Say which demonstration is up, and how to stop it."""
        if running is None:
            self.say("Custodian is being started by another process.")
        else:
            self.say(
                "Custodian is already running at {address}, since {since} (process {process}).\n"
                "To stop it: kill {process}".format(**running)
            )

    def postgres(self) -> AbstractContextManager[LocalPostgres | None]:
        """The local Postgres, unless another database is named."""
        return LocalPostgres(settings.VAR_DIR / "postgres") if settings.LOCAL_POSTGRES else nullcontext()

    # Up, and kept up

    def bring_up(self, port: int, *, load: bool) -> None:
        """Start everything in its order, say where it is, and keep it up until asked to stop."""
        self.say("Preparing the database.")
        call_command("migrate", verbosity=0)
        call_command("check", databases=["default"])
        if load:
            self.load()
        connections.close_all()
        os.environ.setdefault("SITE_URL", self.address)
        os.environ.setdefault("DEBUG", "false")  # as a council sees it; DEBUG=true shows /components/
        self.children = processes(port, settings.VAR_DIR / "log")
        try:
            self.children[0].start()  # the web server first: the first page is what one waits for
            self.wait_for_web()
            for child in self.children[1:]:
                child.start()
            self.welcome()
            while True:
                self.keep_up()
        finally:
            self.end()

    def load(self) -> None:
        """Load the demonstration council, which is safe to do again, and say what there is.

        Where another council is at work already, it is left as it is.
        """
        from governance.demo.loader import OtherCouncilError, load

        try:
            self.say("\n".join(load().lines))
        except OtherCouncilError as error:
            self.say(f"{error} Starting with what is there.")

    def wait_for_web(self) -> None:
        """Raise CommandError if the web server does not answer in time."""
        if not self.wait_for(lambda: answers(self.address), SECONDS_TO_ANSWER):
            raise CommandError(f"The web server does not answer (see {self.children[0].log}).")

    def welcome(self) -> None:
        """Say the address, the accounts, and the papers as soon as they are made."""
        self.say(f"\nCustodian is running at {self.address}")
        accounts = settings.VAR_DIR / "demonstration-accounts.txt"
        if accounts.exists():
            self.say(f"\nAccounts of the demonstration ({accounts}):\n{accounts.read_text().rstrip()}\n")
        self.wait_for(all_is_made, SECONDS_FOR_PAPERS)
        for line in keep_papers(settings.VAR_DIR / "papers"):
            self.say(line)
        self.say(NEXT.format(address=self.address, logs=settings.VAR_DIR / "log"))

    def wait_for(self, ask: Callable[[], Answer], seconds: int) -> Answer:
        """Ask, keeping everything up, until the answer is yes or the time is over; the last answer."""
        end = time.monotonic() + seconds
        while not (answer := ask()) and time.monotonic() < end:
            connections.close_all()  # Postgres may be started again meanwhile
            self.keep_up(pause=0.2)
        connections.close_all()
        return answer

    def keep_up(self, pause: float = 1) -> None:
        """Wait a moment, then start again what has died."""
        time.sleep(pause)
        if self.local and not self.local.accepts_connections():
            self.say("Postgres ended; starting it again.")
            self.local.start()
        for child in self.children:
            child.keep_up(self.say)

    def end(self) -> None:
        """Stop the children, all at once, and return when the last is gone."""
        self.say("\nStopping.")
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.wait()

    def say(self, sentence: str) -> None:
        """Print now, also where the output is a file."""
        self.stdout.write(sentence)
        self.stdout.flush()


def leave(call: int, frame: object) -> Never:
    """Leave by the way every exception goes, so that what was started is stopped; once is enough."""
    for signal_number in CALLS_TO_STOP:
        signal.signal(signal_number, signal.SIG_IGN)
    raise SystemExit(0)
