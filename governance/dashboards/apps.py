from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "governance.dashboards"

    def ready(self) -> None:
        """Make the room's rules known."""
        from governance.dashboards import permissions  # noqa: F401
