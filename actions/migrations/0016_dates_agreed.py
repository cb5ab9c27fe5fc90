"""What is said of a due date is held to by the database too: who agreed, and that the action has that date."""

from pathlib import Path

from django.db import migrations

AGREED = (Path(__file__).parent.parent / "sql" / "dates_agreed.sql").read_text()
NOT_AGREED = """
DROP TRIGGER follow_revisions ON actions_daterevision;
DROP TRIGGER keep_agreed_date ON actions_daterevision;
DROP FUNCTION actions_follow_revisions(), actions_keep_agreed_date();
"""


class Migration(migrations.Migration):

    dependencies = [("actions", "0015_dates_that_keep_their_past")]

    operations = [migrations.RunSQL(AGREED, NOT_AGREED)]
