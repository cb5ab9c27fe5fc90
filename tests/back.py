"""Going back to an older migration, for tests of what the later ones make of records that were there."""

from django.core.management import call_command
from django.core.management.commands import migrate

from governance.core.migrating import models_drawn_quickly


def back_to(room: str, migration: str) -> None:
    """As Django goes back: our own command would then grant rights on tables that are not there."""
    with models_drawn_quickly():
        call_command(migrate.Command(), room, migration, database="owner", verbosity=0)
