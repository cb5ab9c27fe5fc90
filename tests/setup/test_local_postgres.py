"""The local Postgres: a child of whoever starts it, gone when that process goes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import environ
import psycopg
import pytest

from governance.core.binaries import LocalPostgresError, binaries
from governance.core.postgres import LONGEST_SOCKET_PATH, LocalPostgres, local_urls, socket_folder
from tests.setup.programs import ROOT

pytestmark = pytest.mark.slow

HOLD = """
import sys, time
from pathlib import Path
from tempfile import TemporaryDirectory
from governance.core.postgres import LocalPostgres
postgres = LocalPostgres(Path(sys.argv[1]))
postgres.start()
print(postgres.process.pid if postgres.process else "attached", flush=True)
time.sleep(60)
"""


@pytest.fixture
def empty() -> Iterator[Path]:
    """A folder that is not there yet, with a path so short that the socket will lie in it."""
    with TemporaryDirectory(prefix="pg-") as parent:
        folder = Path(parent) / "postgres"
        yield folder
        assert not folder.exists() or not LocalPostgres(folder).accepts_connections(), "a server was left"


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a Postgres that ran once; made once, since that is what takes the time."""
    with LocalPostgres(tmp_path_factory.mktemp("used")) as postgres:
        pass
    return postgres.data


@pytest.fixture
def folder(empty: Path, used: Path) -> Path:
    """The folder of a Postgres that ran before."""
    shutil.copytree(used, empty / "data")
    return empty


def starter(folder: Path) -> subprocess.Popen[str]:
    """Another process that starts the Postgres of that folder and waits."""
    return subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def gone_within(seconds: float, pid: int) -> bool:
    """Whether the process ends in that time; one that only waits to be collected has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_it_runs_for_the_duration_of_the_block_and_keeps_what_was_written(folder):
    with LocalPostgres(folder) as postgres, postgres.connect("custodian") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    assert not postgres.accepts_connections()

    with LocalPostgres(folder) as again, again.connect("custodian") as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (42,)


def test_the_two_roles_are_those_of_production(empty):
    with LocalPostgres(empty) as postgres, postgres.connect() as connection:
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'custodian'"
        ).fetchone()
        rights = connection.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolcanlogin FROM pg_roles"
            " WHERE rolname LIKE 'custodian%' ORDER BY rolname"
        ).fetchall()

    assert owner == ("custodian_owner",)
    assert rights == [
        ("custodian_app", False, False, False, True),
        ("custodian_owner", False, False, False, True),
    ]


def test_it_listens_on_its_socket_only(folder):
    with LocalPostgres(folder) as postgres, postgres.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert postgres.sockets.stat().st_mode & 0o077 == 0


def test_the_addresses_are_what_django_connects_to(folder):
    with LocalPostgres(folder):
        for url, role in zip(local_urls(folder), ("custodian_app", "custodian_owner"), strict=True):
            read = environ.Env.db_url_config(url)
            with psycopg.connect(host=read["HOST"], user=read["USER"], dbname=read["NAME"]) as connection:
                assert connection.execute("SELECT current_user").fetchone() == (role,)


def test_a_second_process_uses_the_one_that_runs_and_does_not_end_it(folder):
    with LocalPostgres(folder) as postgres:
        with LocalPostgres(folder) as second:
            assert second.process is None
        assert postgres.accepts_connections()


def test_of_two_starters_at_once_one_starts_and_the_other_uses_it(empty):
    starters = [starter(empty), starter(empty)]
    try:
        with ThreadPoolExecutor() as pool:
            said = list(pool.map(first_line, starters))
        assert sorted(word == "attached" for word in said) == [False, True]
    finally:
        server = next(int(word) for word in said if word != "attached")
        for process in starters:
            end(process)
    assert gone_within(10, server)


def test_killing_its_parent_ends_it_within_seconds_and_locks_nothing(folder):
    parent = starter(folder)
    server = int(first_line(parent))

    parent.kill()

    assert gone_within(5, server)
    parent.communicate()
    with LocalPostgres(folder) as postgres:
        assert postgres.process, "the data folder can be used at once"


def test_it_starts_in_the_moment_in_which_its_predecessor_still_ends(folder):
    parent = starter(folder)
    first_line(parent)
    end(parent)
    with LocalPostgres(folder) as postgres:
        assert postgres.accepts_connections()


def test_a_server_that_was_killed_outright_leaves_no_locked_folder(folder):
    parent = starter(folder)
    server = int(first_line(parent))
    os.kill(server, signal.SIGKILL)
    end(parent)
    with LocalPostgres(folder) as postgres:
        assert postgres.accepts_connections()


def test_a_process_number_that_now_belongs_to_another_program_locks_nothing(folder):
    with LocalPostgres(folder) as postgres:
        left = (postgres.data / "postmaster.pid").read_text().splitlines()
    (postgres.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *left[1:]]) + "\n")

    with LocalPostgres(folder) as again:
        assert again.process


def test_a_half_made_data_folder_is_never_used(empty):
    (empty / "data.new").mkdir(parents=True)
    (empty / "data.new" / "PG_VERSION").write_text("18\n")
    with LocalPostgres(empty) as postgres:
        assert postgres.accepts_connections()


def test_a_long_path_moves_the_socket_to_a_short_folder_always_the_same(tmp_path):
    folder = tmp_path / ("long" * 20)
    assert socket_folder(folder) == socket_folder(folder)
    assert socket_folder(folder) != socket_folder(tmp_path / ("long" * 20 + "er"))
    with LocalPostgres(folder) as postgres:
        assert len(os.fsencode(postgres.sockets)) <= LONGEST_SOCKET_PATH
        assert postgres.accepts_connections()
    postgres.sockets.rmdir()


def test_a_socket_folder_open_to_others_is_refused(folder):
    (folder / "socket").mkdir()
    (folder / "socket").chmod(0o777)
    with pytest.raises(LocalPostgresError, match="open to other accounts"):
        LocalPostgres(folder).start()


def test_root_without_namespaces_runs_it_as_nobody_or_is_told_what_to_do(empty, tmp_path):
    (tmp_path / "setpriv").symlink_to(shutil.which("setpriv") or "")
    empty.parent.chmod(0o711)
    code = "import sys; from pathlib import Path; from governance.core.postgres import LocalPostgres\n"
    code += "with LocalPostgres(Path(sys.argv[1])) as postgres: print(postgres.data.stat().st_uid)"
    run = subprocess.run(
        [sys.executable, "-c", code, str(empty)],
        env={"PATH": str(tmp_path)}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    nobody = os.geteuid() or 65534
    assert run.stdout.strip() == str(nobody) or "run as an ordinary user, or set DATABASE_URL" in run.stderr


def test_missing_binaries_are_said_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(LocalPostgresError, match=f"There is no Postgres in {tmp_path}"):
        binaries()
