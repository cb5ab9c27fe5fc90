from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "actions"

    def ready(self) -> None:
        """Make the room's rules and figures known, and what waits for whom in it."""
        from actions import figures, permissions  # noqa: F401
        from actions.representations import waiting  # noqa: F401
