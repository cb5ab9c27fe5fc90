"""What awaits approval after it was completed is opened again: its old approval and verification end."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
OPENED_AGAIN = (SQL / "completions_opened_again.sql").read_text()
# What was there before: the first function of its file.
BEFORE = (SQL / "completions_taken_back.sql").read_text().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
BEFORE = BEFORE[: BEFORE.index("-- Does this person claim")]


class Migration(migrations.Migration):

    dependencies = [("actions", "0035_known_by_documents")]

    operations = [migrations.RunSQL(OPENED_AGAIN, BEFORE)]
