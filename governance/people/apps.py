from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "governance.people"

    def ready(self) -> None:
        """Make the room's rules known."""
        from governance.people import permissions  # noqa: F401
