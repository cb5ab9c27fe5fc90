"""What `manage.py check` says about this installation, in sentences that name the way out."""

import ctypes
import sys
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

# WeasyPrint loads Pango by this name; the Debian package brings everything else it needs.
PANGO = "libpangoft2-1.0.so.0"
PANGO_PACKAGE = "libpangoft2-1.0-0"

OWNS_TABLES = """
SELECT EXISTS (
    SELECT FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    AND pg_has_role(current_user, relowner, 'USAGE')
)
"""


@register()
def pango_is_there(app_configs: object, library: str = PANGO, **options: Any) -> list[CheckMessage]:
    """An error naming the Debian package where the PDF's typesetter cannot be loaded (Linux only)."""
    if sys.platform != "linux":
        return []
    try:
        ctypes.CDLL(library)
    except OSError:
        line = f"apt-get install --no-install-recommends {PANGO_PACKAGE}"
        return [Error(f"Papers need the library {library}.", hint=f"Type: sudo {line}", id="core.E001")]
    return []


@register(Tags.database)
def application_owns_nothing(
    app_configs: object, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """A warning, in production, where the application's role could alter its own trail.

    It can if it owns tables, belongs to the role that does, or is a superuser. Asked by
    `manage.py check --database default`.
    """
    if not settings.PRODUCTION or "default" not in (databases or ()):
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(OWNS_TABLES)
        (owns,) = cursor.fetchone()
    if not owns:
        return []
    return [
        checks.Warning(
            "The application runs as the owner of its tables, so that its trail could be altered.",
            hint="Name a role that owns nothing in DATABASE_URL, and the owner in DATABASE_OWNER_URL only.",
            id="core.W001",
        )
    ]
