"""A council of one's own: an empty installation filled from CSV files, with its first administrator."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction

from governance.demo.brought import Brought
from governance.demo.files import read_folder
from governance.demo.loader import Loaded, OtherCouncilError, bring_in, count, in_words, what_is_there
from governance.demo.shape import BrokenFilesError, Problem
from governance.demo.tables import BODIES, PAST, PLANNING, REGISTERS, STRUCTURE
from governance.people.models import Role, User

EXAMPLES = Path(__file__).parent / "examples"
OPTIONAL = (*REGISTERS, *PLANNING, *(table for table in PAST if table is not BODIES))
TABLES = (*STRUCTURE, BODIES, *OPTIONAL)


def start(folder: Path, administrator: str, password: str, *, dry_run: bool = False) -> Loaded:
    """Bring in the files of a folder and give the administrator the password.

    A dry run does all of it and lets go of it again. Raises OtherCouncilError where a council is already, and
    BrokenFilesError naming file, row and column.
    """
    if kinds := what_is_there():
        raise OtherCouncilError(f"A new council starts in an empty installation; this one holds {kinds}.")
    files = read_folder(folder, TABLES, optional=[table.file for table in OPTIONAL])
    with transaction.atomic():
        person = first_administrator(bring_in(files, "The council was set up from files"), administrator)
        person.set_password(password)
        person.save(update_fields=["password"])
        counts = count()
        transaction.set_rollback(dry_run)
    said = f"{settings.COUNCIL_NAME} {'would be' if dry_run else 'is'} set up: {in_words(counts)}."
    return Loaded(changed=not dry_run, lines=[said], counts=counts)


def first_administrator(brought: Brought, email: str) -> User:
    """The person of that e-mail, who has to be an administrator today by what the files say."""
    person = brought.people.get(email.lower())
    if person is None:
        raise BrokenFilesError([Problem("people.csv", f"The administrator {email} is not in the file.")])
    if not person.holds(Role.ADMINISTRATOR):
        text = f"No post of {email} carries the role “{Role.ADMINISTRATOR}” for the whole council today."
        raise BrokenFilesError([Problem("roles.csv", text)])
    return person


def write_examples(folder: Path) -> list[Path]:
    """Copy the examples, one for each file, and a description of every column. Nothing there is overwritten.

    Raises FileExistsError with the name of the first file that is there already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    examples = sorted(EXAMPLES.iterdir())
    for name in [*(example.name for example in examples), "columns.txt"]:
        if (folder / name).exists():
            raise FileExistsError(str(folder / name))
    written = [Path(shutil.copyfile(example, folder / example.name)) for example in examples]
    (folder / "columns.txt").write_text(columns_in_words(), encoding="utf-8")
    return [*written, folder / "columns.txt"]


def columns_in_words() -> str:
    """Every file and column, which may be left out or empty, and what to write there."""
    lines = ["CSV files, UTF-8, one row of headings. Dates like 2016-10-24. A star: has to be filled in.", ""]
    for table in TABLES:
        lines.append(table.file + ("  (may be left out)" if table in OPTIONAL else ""))
        for column in table.columns:
            lines.append(f"  {'*' if column.required else ' '} {column.name:<24}{column.note}".rstrip())
        lines.append("")
    return "\n".join(lines)
