from pathlib import Path

import django.db.models.functions.datetime
from django.db import migrations, models

FUNCTIONS = (Path(__file__).parent.parent / "sql" / "functions.sql").read_text()


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table_name", models.TextField()),
                ("object_key", models.BigIntegerField()),
                ("column_name", models.TextField()),
                ("versions", models.IntegerField(help_text="how many rows of the trail had the text removed")),
                ("authority", models.TextField(help_text="who ordered the removal, by post, and under what power")),
                ("reason", models.TextField()),
                ("redacted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(name="redaction_names_authority", condition=~models.Q(authority="")),
                    models.CheckConstraint(name="redaction_gives_reason", condition=~models.Q(reason="")),
                ],
            },
        ),
        migrations.RunSQL(
            FUNCTIONS,
            """DROP FUNCTION redact(text, text, bigint, text, text, text, text);
            DROP FUNCTION refuse_change(); DROP FUNCTION guard_history(); DROP FUNCTION write_history();""",
        ),
    ]
