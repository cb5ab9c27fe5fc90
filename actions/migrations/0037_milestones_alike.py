"""Two milestones of a plan do not differ by capital letters alone."""

from pathlib import Path

import django.db.models.functions.text
from django.db import migrations, models

ALIKE = (Path(__file__).parent.parent / "sql" / "milestones_alike.sql").read_text()


class Migration(migrations.Migration):

    dependencies = [
        ("actions", "0036_held_together"),
    ]

    operations = [
        migrations.RunSQL(ALIKE, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="milestone", name="milestone_once_in_a_plan"),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(
                models.F("plan"),
                django.db.models.functions.text.Lower("title"),
                name="milestone_once_in_a_plan",
            ),
        ),
    ]
