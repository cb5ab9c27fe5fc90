from django.apps import AppConfig


class ColoursConfig(AppConfig):
    name = "governance.colours"

    def ready(self) -> None:
        """Make the room's rules known, and what waits for whom in it."""
        from governance.colours import permissions  # noqa: F401
        from governance.colours.services import waiting  # noqa: F401
