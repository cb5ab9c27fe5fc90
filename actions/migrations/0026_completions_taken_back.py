"""An approval and a verification can be taken back; who claims is said once, for the pages and the database."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"
TAKEN_BACK = (SQL / "completions_taken_back.sql").read_text()
# What was there before, without its trigger, which stays.
BEFORE = (SQL / "completions.sql").read_text().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
BEFORE = BEFORE[: BEFORE.index("CREATE TRIGGER")] + """
DROP FUNCTION actions_is_verified_upon(bigint), actions_completed_by(bigint),
  actions_has_said(bigint, bigint, text[]), actions_is_claimed_by(bigint, bigint), actions_standing_claims(bigint);
"""


class Migration(migrations.Migration):

    dependencies = [("actions", "0024_withdrawn_says_why"), ("people", "0004_saved_views")]

    operations = [
        migrations.AddConstraint(
            model_name="completion",
            constraint=models.CheckConstraint(
                condition=models.Q(("corrects", None), ("void", True), _connector="OR"),
                name="completion_is_taken_back_and_never_changed",
            ),
        ),
        migrations.RunSQL(TAKEN_BACK, BEFORE),
    ]
