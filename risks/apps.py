from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "risks"

    def ready(self) -> None:
        """Make the room's rules and figures known, what waits for whom in it, and how files score."""
        from risks import figures, permissions  # noqa: F401
        from risks.services import decisions, drafts, scores_in, waiting  # noqa: F401
