"""Dates and overlaps are held against the last freeze of a paper on their plan, as progress is."""

from pathlib import Path

from django.db import migrations

KNOWN_BEFORE = (Path(__file__).parent.parent / "sql" / "known_before.sql").read_text()
# The function goes on serving progress, of which it asks what it asked before.
NOT_KNOWN_BEFORE = """
DROP TRIGGER refuse_known_before_freeze ON actions_daterevision;
DROP TRIGGER refuse_known_before_freeze ON actions_overlap;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("committees", "0002_figures_of_risks"),
        ("actions", "0016_dates_agreed"),
    ]

    operations = [migrations.RunSQL(KNOWN_BEFORE, NOT_KNOWN_BEFORE)]
