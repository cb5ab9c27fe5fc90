"""Letting time pass: what the database wrote is moved back, since its clock cannot be moved forward.

Only the owner of the tables can do that, and only for a redaction. Scores need none of it: they are recorded
with the day on which they were known, and the document that shows it.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from governance.core.dates import today

DOCUMENT = "Minutes of the group"
MOVED_BACK = """
UPDATE {table} SET
  history_date = CASE WHEN history_date >= %(since)s THEN history_date - %(days)s ELSE history_date END,
  history_until = CASE WHEN history_until >= %(since)s AND history_until < '9999-01-01'
                       THEN history_until - %(days)s ELSE history_until END
"""


class Passing:
    """`days(n)`: what was written of risks, or of the `table` of other versions, since it was last called was
    written so many days ago."""

    def __init__(self, owner_connection: Any, table: str = "risks_historicalrisk") -> None:
        self.connection = owner_connection
        self.moved_back = MOVED_BACK.format(table=table)
        self.connection.execute("SET app.redacting = 'on'")
        self.since = self._clock()

    def days(self, ago: int) -> None:
        """Move it back."""
        self.connection.execute(self.moved_back, {"since": self.since, "days": timedelta(days=ago)})
        self.since = self._clock()

    def _clock(self) -> Any:
        return self.connection.execute("SELECT clock_timestamp()").fetchone()[0]


def known(ago: int) -> dict[str, Any]:
    """For a score: that it was known at noon so many days ago, and by which document."""
    day = today() - timedelta(days=ago)
    return {"known_at": datetime.combine(day, time(12), tzinfo=UTC), "source_document": DOCUMENT}
