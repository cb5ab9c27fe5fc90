from pathlib import Path

from django.db import migrations, models

KEPT = (Path(__file__).parent.parent / "sql" / "incidents.sql").read_text()
TABLES = ("risks_incidentdecision", "risks_incidentnotice")
# What is recorded already is kept as the list said it then. Facts are closed to changes but for a redaction.
AS_IT_WAS = """
SET LOCAL app.redacting = 'on';
UPDATE {table} fact SET to_regulator = true FROM risks_historicalincidentrecipient listed
 WHERE listed.id = fact.recipient_id AND listed.is_regulator
   AND listed.history_date <= fact.recorded_at AND listed.history_until > fact.recorded_at;
SET LOCAL app.redacting = 'off';
"""
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
        migrations.AddField(
            model_name='incidentdecision',
            name='to_regulator',
            field=models.BooleanField(db_default=False, editable=False),
        ),
        migrations.AddField(
            model_name='incidentnotice',
            name='to_regulator',
            field=models.BooleanField(db_default=False, editable=False),
        ),
        *(migrations.RunSQL(AS_IT_WAS.format(table=table), migrations.RunSQL.noop) for table in TABLES),
        migrations.RunSQL(KEPT, NO_MORE),
    ]
