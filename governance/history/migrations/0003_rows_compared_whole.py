"""Have rows compared whole before a version of them is written: a fifth of what one edit takes its writer."""

from django.db import migrations

from governance.history.operations import WRITER


class Migration(migrations.Migration):
    dependencies = [("history", "0002_one_writer_a_statement")]
    operations = [migrations.RunSQL([WRITER], migrations.RunSQL.noop)]
