from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
AHEAD = (SQL / "going_ahead.sql").read_text()
# The first statement of impact.sql is the function as it was before.
BEFORE = (SQL / "impact.sql").read_text().split("CREATE TRIGGER", 1)[0]
UNDO = f"""
DROP TRIGGER keep_going_ahead ON assets_goahead;
DROP FUNCTION keep_going_ahead();
{BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0024_words_of_titles'),
    ]

    operations = [
        migrations.RunSQL(AHEAD, UNDO),
    ]
