from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "actions"

    def ready(self) -> None:
        """Make the room's rules and figures known."""
        from actions import figures, permissions  # noqa: F401
