from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
KEPT = (SQL / "kept.sql").read_text()
BEFORE = (SQL / "colours.sql").read_text().split("CREATE TRIGGER keep_rule")[0]


class Migration(migrations.Migration):

    dependencies = [
        ('colours', '0001_rules'),
    ]

    operations = [
        migrations.RunSQL(KEPT, BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")),
    ]
