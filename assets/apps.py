from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "assets"

    def ready(self) -> None:
        """Make the room's rules and figures known."""
        from assets import figures, permissions  # noqa: F401
