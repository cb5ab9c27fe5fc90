"""What the application's role may not do: write history, change facts that are append-only, empty a table."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


def history_tables() -> list[str]:
    """Every table that holds versions."""
    return sorted(model._meta.db_table for model in recorded_models(versions=True))


def recorded_models(*, versions: bool = False) -> list[type[models.Model]]:
    """Every model with a history, or (versions=True) the models of those histories."""
    tracked = [
        model
        for model in apps.get_models()
        if hasattr(model, "history") and hasattr(model, "standing_version")
    ]
    return [model.history.model if versions else model for model in tracked]


def append_only_tables() -> list[str]:
    """Every table of facts on two clocks, and the ledger: rows are added and never changed."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False))


def derived_tables() -> list[str]:
    """Every table of numbers that the database keeps itself."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "derived", False))


def secure(connection: BaseDatabaseWrapper, application_role: str) -> None:
    """Take from the application's role every right by which the trail could be altered. Safe to run twice."""
    role = connection.ops.quote_name(application_role)
    with connection.cursor() as cursor:
        for table in [*history_tables(), *derived_tables()]:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {role}, PUBLIC")
        for table in append_only_tables():
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}, PUBLIC")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON history_redaction FROM {role}, PUBLIC")
