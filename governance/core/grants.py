"""What the application's role may do: work with rows. It owns nothing and makes no tables.

What it may not do to histories is taken away again by `governance.history.rights.secure`.
"""

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

ROWS = "SELECT, INSERT, UPDATE, DELETE"


def grant_for_the_future(connection: BaseDatabaseWrapper, application_role: str) -> None:
    """Let the role work with the tables and sequences that the connection's role makes from now on."""
    role = connection.ops.quote_name(application_role)
    with connection.cursor() as cursor:
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        default = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT"
        cursor.execute(f"{default} {ROWS} ON TABLES TO {role}")
        cursor.execute(f"{default} USAGE ON SEQUENCES TO {role}")


def grant(connection: BaseDatabaseWrapper, application_role: str) -> None:
    """Let the role work with every table and sequence that is there now, and call what models name."""
    role = connection.ops.quote_name(application_role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT {ROWS} ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for function in called_functions():
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {role}")


def called_functions() -> list[str]:
    """Every function with its owner's rights that the application calls: its model names it."""
    return sorted(name for model in apps.get_models() for name in getattr(model, "called_functions", ()))
