from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
AGAIN = (SQL / "cleared_again.sql").read_text()
NOT_AGAIN = (SQL / "cleared_again_reverse.sql").read_text()
AGREED = (SQL / "meeting_dates.sql").read_text()
NOT_AGREED = """
DROP TRIGGER guard_agreed_dates ON committees_meeting;
DROP FUNCTION guard_agreed_dates();
"""
# As it was: it did not hold the meeting.
LINKED = (SQL / "resolution_dates.sql").read_text().split("CREATE TRIGGER")[0]
LINKED = LINKED.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0023_comments_and_errata'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='clearanceanswer',
            name='version_is_answered_once',
        ),
        migrations.RunSQL(AGAIN, NOT_AGAIN),
        migrations.RunSQL(AGREED, NOT_AGREED + LINKED),
    ]
