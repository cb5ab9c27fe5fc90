from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "assets"

    def ready(self) -> None:
        """Make the room's rules and figures known, and what waits for whom in it."""
        from assets import figures, permissions  # noqa: F401
        from assets.services import waiting  # noqa: F401
