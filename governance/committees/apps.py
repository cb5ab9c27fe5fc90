from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "governance.committees"

    def ready(self) -> None:
        """Make the room's rules known, and what waits for whom in it."""
        from governance.committees import permissions  # noqa: F401
        from governance.committees.services import letters, waiting  # noqa: F401
