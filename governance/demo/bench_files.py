"""Files out of and into the asset register, timed beside COPY of the same rows in the same run."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.test import RequestFactory

from assets.models import Asset
from governance.core.dates import today
from governance.demo.measuring import timed
from governance.exchange.importing.checking import check
from governance.exchange.importing.committing import commit
from governance.exchange.importing.matching import guess, match
from governance.exchange.importing.receiving import receive, table_of
from governance.exchange.models import Batch
from governance.exchange.views.export import export
from governance.people.models import OrganisationalUnit, Post, Role, User
from governance.people.registers.sheet import SHEETS

TIMES = 3
OUT = """COPY (SELECT COLUMNS, u.name, p.title, h.history_id FROM assets_asset a
 JOIN people_organisationalunit u ON u.id = a.unit_id JOIN people_post p ON p.id = a.owner_id
 JOIN assets_historicalasset h ON h.id = a.id AND h.history_until = '9999-12-31 00:00:00+00'
 ORDER BY a.reference) TO STDOUT (FORMAT csv, HEADER)"""
TAKEN = """COPY (SELECT (jsonb_populate_record(a, jsonb_build_object(
  'id', nextval(pg_get_serial_sequence('assets_asset', 'id')), 'reference', 'IA-8' || lpad(a.id::text, 8, '0')
 ))).* FROM assets_asset a ORDER BY a.reference LIMIT ROWS) TO STDOUT"""
SHOWN, ALL = "", "file_columns=all"


class Timing(NamedTuple):
    """One way with files: what, how many rows, milliseconds of ours and of the floor, MiB ours grew by."""

    what: str
    rows: int
    ours: float
    floor: float
    grown: float

    def __str__(self) -> str:
        numbers = f"{self.ours:>10.0f}{self.floor:>10.0f}{self.ours / self.floor:>8.2f}{self.grown:>8.1f}"
        return f"{self.what:<40}{self.rows:>9,}{numbers}"


HEADING = f"{'milliseconds, median':<40}{'rows':>9}{'ours':>10}{'COPY':>10}{'times':>8}{'MiB':>8}"


@contextmanager
def an_officer() -> Iterator[User]:
    """Somebody who may do everything with the register; nothing of this stays."""
    with transaction.atomic():
        unit = OrganisationalUnit.objects.create(code="bench-files", name="Measuring files", from_on=today())
        post = Post.objects.create(code="bench-files", title="Measuring files", unit=unit)
        person = User.objects.create_user("bench-files@measuring.example", "Measuring files")
        post.appoint(person, from_on=today())
        post.give_role(Role.IG_OFFICER, from_on=today())
        yield person
        transaction.set_rollback(True)


def measure(person: User, rows: int) -> Iterator[Timing]:
    """The register out, then files of so many rows in."""
    yield from measure_export(person)
    yield from measure_import(person, rows)


def measure_export(person: User) -> Iterator[Timing]:
    """The whole register as a file: the columns of the page, and every column, in each kind of file."""
    rows = Asset.objects.count()
    for columns, query in (("columns of the page", SHOWN), ("every column", ALL)):
        floor = median(milliseconds(lambda query=query: copied(query)) for _ in range(TIMES))  # type: ignore[misc]
        for ending in ("csv", "xlsx"):
            taken, grown = measured(lambda ending=ending, query=query: exported(person, ending, query))  # type: ignore[misc]
            yield Timing(f"{ending} of {columns}", rows, taken, floor, grown)


def measured(do: Callable[[], object], times: int = TIMES) -> tuple[float, float]:
    """The median milliseconds, and by how many MiB the process grew at its highest, in the first go."""
    before = memory("VmRSS")
    forget_peak()
    taken = [milliseconds(do)]
    grown = memory("VmHWM") - before
    return median([*taken, *(milliseconds(do) for _ in range(times - 1))]), grown


def exported(person: User, ending: str, query: str) -> int:
    """Take a file from its address, and throw each piece away; how many bytes it had."""
    request = RequestFactory().get(f"/exchange/assets/file.{ending}?{query}")
    request.user = person
    answer: Any = export(request, "assets", ending)
    return sum(len(piece) for piece in answer.streaming_content)


def copied(query: str) -> int:
    """COPY the columns that the file has, from the live table, with the names its page shows joined in."""
    columns = "a.*" if query else "a.reference, a.title, a.form, a.contains_personal_data"
    with bare() as cursor, cursor.copy(OUT.replace("COLUMNS", columns)) as copy:
        return sum(len(piece) for piece in copy)


def measure_import(person: User, rows: int) -> Iterator[Timing]:
    """A file of so many new entries, and one that changes so many: dry run and commit together."""
    lines = first_lines(person, rows)
    floor = median(copied_in(rows) for _ in range(TIMES))
    for what, data in (("new", as_new(lines)), ("changed", as_changed(lines))):
        batch = arrived(data, person)
        taken, grown = measured(lambda batch=batch: taken_in(batch, person), times=1)  # type: ignore[misc]
        yield Timing(f"import of rows that are {what}", rows, taken, floor, grown)


def first_lines(person: User, rows: int) -> list[list[str]]:
    """The headings and so many rows of the file with every column."""
    request = RequestFactory().get(f"/exchange/assets/file.csv?{ALL}")
    request.user = person
    answer: Any = export(request, "assets", "csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(islice(csv.reader(StringIO(text, newline="")), rows + 1))


def as_new(lines: list[list[str]]) -> bytes:
    """The same entries again, as new ones. What only a page may set is left blank."""
    blank = {lines[0].index(heading) for heading in ("Reference", "Version", "State", "Duplicate of")}
    cells = ([("" if n in blank else cell) for n, cell in enumerate(line)] for line in lines[1:])
    return as_csv([lines[0], *cells])


def as_changed(lines: list[list[str]]) -> bytes:
    """The same entries, each with another title."""
    title = lines[0].index("Title")
    cells = ([*line[:title], f"{line[title]} (changed)", *line[title + 1 :]] for line in lines[1:])
    return as_csv([lines[0], *cells])


def as_csv(lines: Iterable[Sequence[str]]) -> bytes:
    """Lines as a file."""
    text = StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()


def arrived(data: bytes, person: User) -> Batch:
    """A batch with its columns matched."""
    batch = receive(data, "bench.csv", register="assets", source="Measuring", by=person)
    match(batch, guess(SHEETS["assets"], table_of(batch).headings, {}))
    return batch


def taken_in(batch: Batch, person: User) -> None:
    """The dry run and the commit. Raises RuntimeError if a row was in error: then nothing was measured."""
    check(batch, person)
    if wrong := batch.rows.of_kind("error").first():
        raise RuntimeError(f"{wrong}: {wrong.faults}")
    commit(batch.pk)


def copied_in(rows: int) -> float:
    """Milliseconds to COPY so many entries into the register, where each leaves its history; undone again."""
    with bare() as cursor:
        with cursor.copy(TAKEN.replace("ROWS", str(rows))) as copy:
            data = b"".join(bytes(piece) for piece in copy)
        cursor.execute("SAVEPOINT copied_in")
        begun = perf_counter()
        with cursor.copy("COPY assets_asset FROM STDIN") as copy:
            copy.write(data)
        taken = (perf_counter() - begun) * 1000
        cursor.execute("ROLLBACK TO SAVEPOINT copied_in")
    return taken


def bare() -> Any:
    """A cursor without Django around it."""
    connection.ensure_connection()
    return connection.connection.cursor()


def milliseconds(do: Callable[[], object]) -> float:
    """How long it took."""
    return timed(do)[1]


def memory(what: str) -> float:
    """What the kernel says of this process, in MiB: VmRSS now, VmHWM at its highest."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (found,) = (line.split()[1] for line in lines if line.startswith(f"{what}:"))
    return int(found) / 1024


def forget_peak() -> None:
    """Let VmHWM begin anew at what is held now (proc_pid_clear_refs: 5)."""
    Path("/proc/self/clear_refs").write_text("5")
