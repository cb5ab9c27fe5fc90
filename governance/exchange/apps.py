from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "governance.exchange"

    def ready(self) -> None:
        """Make the room's rules known, and the registers that it brings files into."""
        from assets.representations import sheet  # noqa: F401
        from governance.exchange import permissions  # noqa: F401
