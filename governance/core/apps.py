from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "governance.core"

    def ready(self) -> None:
        """Register what `manage.py check` looks at, and <reference:...> for addresses."""
        from governance.core import checks, converters  # noqa: F401
