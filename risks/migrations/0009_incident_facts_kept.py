from pathlib import Path

from django.db import migrations

KEPT = (Path(__file__).parent.parent / "sql" / "incidents.sql").read_text()
NO_MORE = """
DROP FUNCTION risks_keep_fact() CASCADE;
DROP FUNCTION risks_keep_regulator() CASCADE;
DROP FUNCTION risks_notice_of_incident() CASCADE;
DROP FUNCTION risks_noticed_before_told() CASCADE;
DROP FUNCTION risks_second_person() CASCADE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('risks', '0008_acceptance'),
    ]

    operations = [
        migrations.RunSQL(KEPT, NO_MORE),
    ]
