from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "governance.people"

    def ready(self) -> None:
        """Make the room's rules known, and the units that a figure may be of."""
        from governance.people import permissions  # noqa: F401
        from governance.people.registers import structure  # noqa: F401
