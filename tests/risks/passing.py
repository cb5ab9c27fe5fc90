"""Letting time pass: what the database wrote is moved back, since its clock cannot be moved forward.

Only the owner of the tables can do that, and only for a redaction. Scores need none of it: they are recorded
with the day on which they were known, and the document that shows it.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from governance.core.dates import today

DOCUMENT = "Minutes of the group"
# By the council's own clock: half past eleven at night stays in its day, with summer time between.
EARLIER = "({column} AT TIME ZONE 'Europe/London' - %(days)s) AT TIME ZONE 'Europe/London'"
MOVED_BACK = f"""
UPDATE {{table}} SET
  history_date = CASE WHEN history_date >= %(since)s
                      THEN {EARLIER.format(column="history_date")} ELSE history_date END,
  history_until = CASE WHEN history_until >= %(since)s AND history_until < '9999-01-01'
                       THEN {EARLIER.format(column="history_until")} ELSE history_until END
"""
RECORDED_BACK = f"""
UPDATE {{table}} SET recorded_at = {EARLIER.format(column="recorded_at")} WHERE recorded_at >= %(since)s
"""
VERSIONS = (
    "risks_historicalrisk",
    "risks_historicalriskasset",
    "risks_historicalriskcontrol",
    "risks_historicalincident",
    "actions_historicalactionincident",
    "assets_historicalasset",
)
# Facts with one clock: they count from when they were recorded.
FACTS = (
    "risks_incidentdecision",
    "risks_incidentnotice",
    "risks_acceptancerequest",
    "risks_acceptance",
    "risks_acceptanceend",
)


class Passing:
    """`days(n)`: what was written of risks and incidents, of what became of them and of acceptances, since it
    was last called was written so many days ago."""

    def __init__(self, owner_connection: Any) -> None:
        self.connection = owner_connection
        self.moved_back = [MOVED_BACK.format(table=table) for table in VERSIONS]
        self.moved_back += [RECORDED_BACK.format(table=table) for table in FACTS]
        self.connection.execute("SET app.redacting = 'on'")
        self.since = self._clock()

    def days(self, ago: int) -> None:
        """Move it back."""
        for statement in self.moved_back:
            self.connection.execute(statement, {"since": self.since, "days": timedelta(days=ago)})
        self.since = self._clock()

    def _clock(self) -> Any:
        return self.connection.execute("SELECT clock_timestamp()").fetchone()[0]


def known(ago: int) -> dict[str, Any]:
    """For a score: that it was known at noon so many days ago, and by which document."""
    day = today() - timedelta(days=ago)
    return {"known_at": datetime.combine(day, time(12), tzinfo=UTC), "source_document": DOCUMENT}
