"""A cluster that is migrated already, kept between runs, since to migrate takes longer than a few tests.

It is known by what makes it: migrations, the SQL and the operations that they run, settings and packages. A
clean checkout has none and makes it first, so what runs there is what the migrations say today. Where one is
kept that lacks nothing but files which are new since, as a new migration, it is copied and migrated further:
that takes seconds where the whole takes minutes.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from governance.core.postgres import DATABASE, LocalPostgres

HOUSE = Path(__file__).parent.parent
KEPT = HOUSE / "var" / "cache" / "clusters"
MIGRATED = "custodian_migrated"
MADE_OF = ".json"  # beside each that is kept: what it was made of
SETTINGS = "governance/settings.py"
MOST = 4  # of those that are kept; one is about 100 MB
SOURCES = (
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "*/sql/*.sql",
    "*/*/sql/*.sql",
    "*/operations.py",
    "*/*/operations.py",
    "governance/history/**/*.py",
    "governance/core/postgres.py",
    SETTINGS,
    "requirements-dev.txt",
)
# Of these what no migration runs: it says what is to be there, or reads it afterwards.
NOT_RUN = (
    SETTINGS,
    *(
        f"governance/history/{name}.py"
        for name in (
            "adopting",
            "comparing",
            "copies",
            "middleware",
            "redaction",
            "rows",
            "tasks",
            "timeline",
            "verification",
            "models/__init__",
            "models/versions",
            "management/commands/redact",
        )
    ),
)


def lay_out(postgres: LocalPostgres) -> None:
    """Give a cluster that has not been started the data of the migrated one, made now if there is none."""
    kept = KEPT / digest()
    if not kept.exists():
        make(kept)
    os.utime(kept)
    shutil.copytree(kept, postgres.data)
    clusters = [each for each in KEPT.glob("[0-9a-f]*") if each.is_dir()]
    for old in sorted(clusters, key=lambda each: each.stat().st_mtime)[:-MOST]:
        old.with_suffix(MADE_OF).unlink(missing_ok=True)
        shutil.rmtree(old, ignore_errors=True)


def digest() -> str:
    """What the migrated database follows from, as a name of 16 letters."""
    return hashlib.sha256(json.dumps(made_of(), sort_keys=True).encode()).hexdigest()[:16]


def made_of() -> dict[str, str]:
    """The SHA-256 of each file that the migrated database follows from, by its path; and which Postgres."""
    files = {str(path.relative_to(HOUSE)): path.read_bytes() for path in sources()}
    known = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    return known | {"PG_BIN": os.environ.get("PG_BIN", "")}


def sources() -> Iterator[Path]:
    """The files that say what a migrated database holds, in a fixed order."""
    found = {path for pattern in SOURCES for path in HOUSE.glob(pattern)}
    return (path for path in sorted(found) if "var" not in path.relative_to(HOUSE).parts[:1])


def nearest(wanted: dict[str, str]) -> Path | None:
    """The kept cluster made of the most of these files and of no other; None where there is none.

    What no migration runs may differ.
    """
    found: dict[int, Path] = {}
    for path in KEPT.glob(f"*{MADE_OF}"):
        known = {name: sha for name, sha in json.loads(path.read_text()).items() if name not in NOT_RUN}
        if known.items() <= wanted.items() and path.with_suffix("").is_dir():
            found[len(known)] = path.with_suffix("")
    return found[max(found)] if found else None


def make(kept: Path) -> None:
    """Migrate a cluster as its owner and put it where it is kept, whole or not at all."""
    of = made_of()
    with tempfile.TemporaryDirectory(prefix="custodian-migrated-") as folder:
        postgres = LocalPostgres(Path(folder) / "postgres", fast=True)
        if begun := nearest(of):
            shutil.copytree(begun, postgres.data)
        with postgres:
            if begun:
                with postgres.connect() as connection:
                    connection.execute(f"DROP DATABASE {DATABASE}")  # the empty one of its start
                    connection.execute(f"ALTER DATABASE {MIGRATED} RENAME TO {DATABASE}")
            _migrate(postgres, folder)
            with postgres.connect() as connection:
                connection.execute(f"ALTER DATABASE {DATABASE} RENAME TO {MIGRATED}")
        _keep(postgres.data, kept)
    draft = kept.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(of))
    draft.rename(kept.with_suffix(MADE_OF))  # whole or not at all: another run may be reading


def _migrate(postgres: LocalPostgres, folder: str) -> None:
    application, owner = postgres.urls
    places = {"DATABASE_URL": application, "DATABASE_OWNER_URL": owner, "VAR_DIR": folder}
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=HOUSE, env=os.environ | places, check=True)


def _keep(data: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="new-", dir=kept.parent)) / "data"
    shutil.copytree(data, draft)
    try:
        draft.rename(kept)
    except OSError:
        if not kept.exists():  # else another run made it meanwhile
            raise
    shutil.rmtree(draft.parent)
