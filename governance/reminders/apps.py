from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "governance.reminders"

    def ready(self) -> None:
        """Make the room's rules known."""
        from governance.reminders import permissions  # noqa: F401
