"""No action takes its own place, through however many others."""

from pathlib import Path

from django.db import migrations

KEEP = (Path(__file__).parent.parent / "sql" / "replacement.sql").read_text()
NO_MORE = "DROP TRIGGER keep_replacement ON actions_actionreplacement; DROP FUNCTION actions_keep_replacement();"


class Migration(migrations.Migration):

    dependencies = [("actions", "0028_samples_say_whose_seed")]

    operations = [migrations.RunSQL(KEEP, NO_MORE)]
