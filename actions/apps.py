from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "actions"

    def ready(self) -> None:
        """Make the room's rules and figures known, what waits for whom in it, and how files come in."""
        from actions import figures, permissions  # noqa: F401
        from actions.services import files_in, waiting  # noqa: F401
