"""`manage.py new_council FOLDER`: start an empty installation with a council of one's own."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.demo.accounts import new_password
from governance.demo.loader import OtherCouncilError
from governance.demo.newcomer import start, write_examples
from governance.demo.shape import BrokenFilesError


class Command(BaseCommand):
    """Fill an empty installation from CSV files."""

    help = "Start an empty installation with the units, posts, people and past papers of CSV files"

    def add_arguments(self, parser: CommandParser) -> None:
        """FOLDER with the files, or the folder that examples go to."""
        parser.add_argument("folder", nargs="?", type=Path, help="folder with units.csv, posts.csv and so on")
        parser.add_argument("--administrator", default="", help="e-mail, from people.csv")
        parser.add_argument("--dry-run", action="store_true", help="check and count; write nothing")
        parser.add_argument("--write-examples", type=Path, metavar="FOLDER", help="write examples there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is asked. Wrong files, or a council that is there, end with a sentence."""
        try:
            if options["write_examples"]:
                written = write_examples(options["write_examples"])
                self.stdout.write("\n".join(f"Written: {path}" for path in written))
            elif options["folder"] and options["administrator"]:
                self.start(options["folder"], options["administrator"], dry_run=options["dry_run"])
            else:
                raise CommandError("Name the folder and --administrator, or ask for --write-examples FOLDER.")
        except FileExistsError as there:
            raise CommandError(f"{there} is there already; nothing was written.") from None
        except (BrokenFilesError, OtherCouncilError) as wrong:
            raise CommandError(str(wrong)) from None

    def start(self, folder: Path, administrator: str, *, dry_run: bool) -> None:
        """Load, and print once what the administrator needs."""
        typed = "" if dry_run else self.typed_password()
        password = typed or new_password()
        loaded = start(folder, administrator, password, dry_run=dry_run)
        self.stdout.write("\n".join(loaded.lines))
        if not (dry_run or typed):
            self.stdout.write(f"{administrator} signs in with {password} (shown this once; change it then).")

    def typed_password(self) -> str:
        """A password typed twice; nothing, where nobody sits at the keyboard or one is to be made up."""
        if not sys.stdin.isatty():
            return ""
        typed = getpass("Password of the administrator (leave it empty to have one made up): ")
        if typed and typed != getpass("The same again: "):
            raise CommandError("The two were different. Nothing was loaded.")
        try:
            if typed:
                validate_password(typed)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from None
        return typed
