"""`migrate` as the owner of the tables, who then gives the application's role its rights."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections, transaction

from governance.core.grants import grant, grant_for_the_future
from governance.core.migrating import models_drawn_quickly
from governance.history.rights import secure
from governance.history.seals import put_seals_in_place


class Command(migrate.Command):
    """Django's command, run as the owner; the rights of the application's role follow in one transaction."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the owner's connection where there is one."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner" if "owner" in connections else "default")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, put the seals in place, grant. An application that is itself the owner is told so."""
        owner = connections[options["database"]]
        application_role = connections["default"].settings_dict["USER"]
        only_asks = options["plan"] or options["check_unapplied"]
        same_role = owner.settings_dict["USER"] == application_role
        if not (only_asks or same_role):
            grant_for_the_future(owner, application_role)
        with models_drawn_quickly():
            super().handle(*args, **options)
        if only_asks:
            return
        call_command("createcachetable", database=owner.alias, verbosity=0)
        put_seals_in_place(owner)
        if same_role:
            self.stderr.write("DATABASE_OWNER_URL is not set: the application owns its tables and its trail.")
            return
        with transaction.atomic(using=owner.alias):
            grant(owner, application_role)
            secure(owner, application_role)
