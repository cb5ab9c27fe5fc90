"""A cluster that is migrated already, kept between runs, since to migrate takes longer than a few tests.

It is known by what makes it: migrations, the SQL and the operations that they run, settings and packages. A
clean checkout has none and makes it first, so what runs there is what the migrations say today.
"""

import hashlib
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
    "governance/settings.py",
    "requirements-dev.txt",
)


def lay_out(postgres: LocalPostgres) -> None:
    """Give a cluster that has not been started the data of the migrated one, made now if there is none."""
    kept = KEPT / digest()
    if not kept.exists():
        make(kept)
    os.utime(kept)
    shutil.copytree(kept, postgres.data)
    for old in sorted(KEPT.glob("[0-9a-f]*"), key=lambda each: each.stat().st_mtime)[:-MOST]:
        shutil.rmtree(old, ignore_errors=True)


def digest() -> str:
    """What the migrated database follows from, as a name of 16 letters."""
    known = hashlib.sha256(os.environ.get("PG_BIN", "").encode())
    for path in sources():
        known.update(f"{path.relative_to(HOUSE)}\0".encode() + path.read_bytes())
    return known.hexdigest()[:16]


def sources() -> Iterator[Path]:
    """The files that say what a migrated database holds, in a fixed order."""
    found = {path for pattern in SOURCES for path in HOUSE.glob(pattern)}
    return (path for path in sorted(found) if "var" not in path.relative_to(HOUSE).parts[:1])


def make(kept: Path) -> None:
    """Migrate a new cluster as its owner and put it where it is kept, whole or not at all."""
    with tempfile.TemporaryDirectory(prefix="custodian-migrated-") as folder:
        with LocalPostgres(Path(folder) / "postgres", fast=True) as postgres:
            application, owner = postgres.urls
            places = {"DATABASE_URL": application, "DATABASE_OWNER_URL": owner, "VAR_DIR": folder}
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity=0"],
                cwd=HOUSE,
                env=os.environ | places,
                check=True,
            )
            with postgres.connect() as connection:
                connection.execute(f"ALTER DATABASE {DATABASE} RENAME TO {MIGRATED}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="new-", dir=kept.parent)) / "data"
        shutil.copytree(postgres.data, draft)
        try:
            draft.rename(kept)
        except OSError:
            if not kept.exists():  # else another run made it meanwhile
                raise
        shutil.rmtree(draft.parent)
