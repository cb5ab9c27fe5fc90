"""Approval and verification are held against the last freeze of a paper on their plan, as progress is."""

from django.db import migrations

KNOWN_BEFORE = """
CREATE TRIGGER refuse_known_before_freeze BEFORE INSERT ON actions_completion
  FOR EACH ROW EXECUTE FUNCTION refuse_known_before_freeze();
"""
NOT_KNOWN_BEFORE = "DROP TRIGGER refuse_known_before_freeze ON actions_completion;"


class Migration(migrations.Migration):

    dependencies = [
        ("committees", "0003_dates_and_overlaps_known_in_time"),
        ("actions", "0017_three_completions"),
    ]

    operations = [migrations.RunSQL(KNOWN_BEFORE, NOT_KNOWN_BEFORE)]
