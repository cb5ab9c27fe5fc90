from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "governance.dashboards"

    def ready(self) -> None:
        """Make the room's rules known, and what waits for whom in it."""
        from governance.dashboards import permissions, waiting  # noqa: F401
