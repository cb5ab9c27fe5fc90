from pathlib import Path

from django.db import migrations

FUNCTIONS = (Path(__file__).parent.parent / "sql" / "two_clocks.sql").read_text()


class Migration(migrations.Migration):
    initial = True
    dependencies = [("history", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS, "DROP FUNCTION keep_two_clocks();")]
