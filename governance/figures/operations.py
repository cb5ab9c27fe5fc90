"""Migration operations for tables of facts."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

APPEND_ONLY = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
NOT_APPEND_ONLY = """
DROP TRIGGER refuse_change ON {table};
DROP TRIGGER refuse_truncate ON {table};
"""
TWO_CLOCKS = """
CREATE TRIGGER keep_two_clocks BEFORE INSERT ON {table}
  FOR EACH ROW EXECUTE FUNCTION keep_two_clocks('{subject}');
"""


class append_only(Operation):  # noqa: N801 - reads as a declaration in a migration
    """Rows of this model (`"committees.PublishedFigure"`) are added and never changed."""

    reduces_to_sql = True
    forwards = APPEND_ONLY
    backwards = NOT_APPEND_ONLY

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Tables and columns stay as they are."""

    def run(self, sql: str, state: ProjectState, editor: Any) -> None:
        """Execute the statements for this model's table."""
        label, name = self.model.split(".")
        model: Any = state.apps.get_model(label, name)
        subject = getattr(self, "subject", "")
        editor.execute(sql.format(table=model._meta.db_table, subject=subject), params=None)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Install the triggers."""
        self.run(self.forwards, to_state, schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take them away again."""
        self.run(self.backwards, from_state, schema_editor)

    def describe(self) -> str:
        """What `migrate` prints."""
        return f"Let rows of {self.model} be added and never changed"


class two_clocks(append_only):  # noqa: N801
    """Facts on two clocks: append-only, and kept by the trigger; `subject` is the subject's column."""

    forwards = APPEND_ONLY + TWO_CLOCKS
    backwards = NOT_APPEND_ONLY + "DROP TRIGGER keep_two_clocks ON {table};"

    def __init__(self, model: str, subject: str) -> None:
        super().__init__(model)
        self.subject = subject
