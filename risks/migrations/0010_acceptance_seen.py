from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"
FORMER = (SQL / "acceptance.sql").read_text()
SEEN = (SQL / "acceptance_seen.sql").read_text()
# Answers from before these columns saw what was recorded by then.
FILL = """
ALTER TABLE risks_acceptance DISABLE TRIGGER refuse_change;
UPDATE risks_acceptance answered SET
  controls_seen = (SELECT COALESCE(max(history_id), 0) FROM risks_historicalriskcontrol
                   WHERE risk_id = answered.risk_id AND history_date <= answered.recorded_at),
  assets_seen = (SELECT COALESCE(max(history_id), 0) FROM risks_historicalriskasset
                 WHERE risk_id = answered.risk_id AND history_date <= answered.recorded_at);
ALTER TABLE risks_acceptance ENABLE TRIGGER refuse_change;
"""
BACK = f"""
DROP FUNCTION risks_keep_acceptance(), risks_hold_risk(), risks_keep_acceptance_request(),
  risks_keep_acceptance_end() CASCADE;
{FORMER}
"""


class Migration(migrations.Migration):
    dependencies = [("risks", "0009_incident_facts_kept")]

    operations = [
        migrations.AddField(
            model_name="acceptance",
            name="controls_seen",
            field=models.BigIntegerField(
                db_default=0, verbose_name="the last change of a control that was seen"
            ),
        ),
        migrations.AddField(
            model_name="acceptance",
            name="assets_seen",
            field=models.BigIntegerField(
                db_default=0, verbose_name="the last change of a further asset that was seen"
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(SEEN, BACK),
    ]
