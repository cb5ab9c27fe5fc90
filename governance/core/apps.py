from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "governance.core"

    def ready(self) -> None:
        """Register what `manage.py check` looks at."""
        from governance.core import checks  # noqa: F401
