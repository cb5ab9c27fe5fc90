from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "governance.core"

    def ready(self) -> None:
        """Register what `manage.py check` looks at, and <reference:...>; keep links out of logs."""
        from governance.core import checks, converters  # noqa: F401
        from governance.core.logs import leave_links_out

        leave_links_out()
