from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "assets"

    def ready(self) -> None:
        """Make the room's rules known."""
        from assets import permissions  # noqa: F401
