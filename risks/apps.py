from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "risks"

    def ready(self) -> None:
        """Make the room's rules and figures known, and what waits for whom in it."""
        from risks import figures, permissions  # noqa: F401
        from risks.services import decisions, drafts, waiting  # noqa: F401
