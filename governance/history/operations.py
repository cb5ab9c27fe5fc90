"""Migration operations: one line in a migration puts a register, or a table of facts, on the record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

WRITER = (Path(__file__).parent / "sql" / "versions.sql").read_text()
RECORD = """
CREATE TRIGGER record_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION write_versions('{history}', '{key}', '{unrecorded}');
CREATE TRIGGER record_update AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION write_versions('{history}', '{key}', '{unrecorded}');
CREATE TRIGGER record_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION write_versions('{history}', '{key}', '{unrecorded}');
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guard_history BEFORE UPDATE OR DELETE ON {history}
  FOR EACH ROW EXECUTE FUNCTION guard_history();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {history}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE UNIQUE INDEX {history}_one_standing ON {history} ({key})
  WHERE history_until = '9999-12-31 00:00:00+00';
CREATE INDEX {history}_as_at ON {history} (history_until, history_date) INCLUDE ({key}, history_type);
"""
UNRECORD = """
DROP TRIGGER record_insert ON {table};
DROP TRIGGER record_update ON {table};
DROP TRIGGER record_delete ON {table};
DROP TRIGGER refuse_truncate ON {table};
DROP TRIGGER guard_history ON {history};
DROP TRIGGER refuse_truncate ON {history};
DROP INDEX {history}_one_standing;
DROP INDEX {history}_as_at;
"""


class record_history(Operation):  # noqa: N801 - reads as a verb in a migration, as Django's own RunSQL reads as a noun
    """Have Postgres write the history of a model (`"assets.Asset"`) into its simple-history table."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Tables and columns stay as they are."""

    def run(self, sql: str, state: ProjectState, editor: BaseDatabaseSchemaEditor) -> None:
        """Execute each statement for this model's tables."""
        editor.execute(sql.format(**self.names(state)), params=None)

    def names(self, state: ProjectState) -> dict[str, str]:
        """Register table, history table, key column, and the columns the history leaves out."""
        label, name = self.model.split(".")
        model: Any = state.apps.get_model(label, name)
        history: Any = state.apps.get_model(label, f"Historical{name}")
        kept = {field.column for field in history._meta.local_concrete_fields}
        unrecorded = {field.column for field in model._meta.local_concrete_fields} - kept
        return {
            "table": model._meta.db_table,
            "history": history._meta.db_table,
            "key": model._meta.pk.column,
            "unrecorded": ",".join(sorted(unrecorded)),
        }

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Install the triggers and the indexes that a state as at a date is read by."""
        schema_editor.execute(WRITER, params=None)
        self.run(RECORD, to_state, schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take them away again."""
        self.run(UNRECORD, from_state, schema_editor)

    def describe(self) -> str:
        """What `migrate` prints."""
        return f"Let Postgres write the history of {self.model}"
