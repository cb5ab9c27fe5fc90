from django.apps import AppConfig


class ColoursConfig(AppConfig):
    name = "governance.colours"

    def ready(self) -> None:
        """Make the room's rules known."""
        from governance.colours import permissions  # noqa: F401
