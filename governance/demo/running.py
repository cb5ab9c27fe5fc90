"""Which demonstration is running from this clone: one at a time, known by a lock that the kernel frees."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict


class Running(TypedDict):
    """What a second start says about the first."""

    address: str
    since: str
    process: int


class AlreadyRunningError(Exception):
    """Another process has the demonstration up; `running` says which, None while it is still starting."""

    def __init__(self, running: Running | None) -> None:
        super().__init__("already running")
        self.running = running


@contextmanager
def only_one(lock: Path, running: Running) -> Iterator[None]:
    """Hold the lock for the duration of the block. Raises AlreadyRunningError when somebody else holds it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            text = file.read()
            raise AlreadyRunningError(json.loads(text) if text else None) from None
        file.truncate(0)
        file.write(json.dumps(running))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
