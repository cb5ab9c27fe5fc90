from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
KEPT = (SQL / "rules_to_come.sql").read_text()
BEFORE = (SQL / "rules.sql").read_text().split("CREATE TRIGGER keep_rules")[0]


class Migration(migrations.Migration):

    dependencies = [
        ('risks', '0014_last_word'),
    ]

    operations = [
        migrations.RunSQL(KEPT, BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")),
    ]
