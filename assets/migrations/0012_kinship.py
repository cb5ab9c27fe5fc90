from pathlib import Path

from django.db import migrations

KINSHIP = (Path(__file__).parent.parent / "sql" / "duplicates.sql").read_text()


class Migration(migrations.Migration):

    dependencies = [("assets", "0011_shipped_questions")]

    operations = [
        migrations.RunSQL(
            KINSHIP, "DROP TRIGGER keep_kinship ON assets_asset; DROP FUNCTION assets_keep_kinship()"
        )
    ]
