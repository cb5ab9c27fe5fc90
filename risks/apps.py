from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "risks"

    def ready(self) -> None:
        """Make the room's rules known."""
        from risks import permissions  # noqa: F401
