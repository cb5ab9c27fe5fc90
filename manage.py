#!/usr/bin/env python
"""Run a management command; without DATABASE_URL, with the local Postgres up for as long as it runs."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import ProgrammingError
from psycopg.errors import UndefinedTable

from governance.core.binaries import LocalPostgresError
from governance.core.postgres import LocalPostgres

# `demo` looks at its port first, and then starts Postgres itself.
WITHOUT_POSTGRES = {"demo", "help", "--help", "version", "--version"}


def database(words: list[str]) -> AbstractContextManager[object]:
    """What the command needs around it."""
    by_proof = words[:1] == ["verify"] and any(word.split("=")[0] == "--proof" for word in words)
    if not settings.LOCAL_POSTGRES or not words or words[0] in WITHOUT_POSTGRES or by_proof:
        return nullcontext()
    return LocalPostgres(settings.VAR_DIR / "postgres")


def main() -> None:
    """Run the command that the words name. What is missing is said in a sentence, not as a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")
    try:
        with database(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, LocalPostgresError) as error:
        sys.exit(str(error))
    except ProgrammingError as error:
        if isinstance(error.__cause__, UndefinedTable):
            sys.exit("The database is not prepared yet: type ./run, or ./run manage migrate, first.")
        raise


if __name__ == "__main__":
    main()
