from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "governance.committees"

    def ready(self) -> None:
        """Make the room's rules known."""
        from governance.committees import permissions  # noqa: F401
