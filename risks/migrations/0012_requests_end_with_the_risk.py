from pathlib import Path

from django.db import migrations

KEPT = (Path(__file__).parent.parent / "sql" / "requests.sql").read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('risks', '0011_rules'),
    ]

    operations = [
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
