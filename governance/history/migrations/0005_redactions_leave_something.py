"""Let a redaction leave something in the place of what it removes, and its tombstone say what by its SHA-256."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"
LEAVING = (SQL / "redact.sql").read_text(encoding="utf-8")
_, _, SINCE = (SQL / "seals.sql").read_text(encoding="utf-8").partition("CREATE OR REPLACE FUNCTION redact(")
BLANKING = f"""
DROP FUNCTION redact(text, text, bigint, text, text, text, text, text);
CREATE FUNCTION redact({SINCE.partition("END $$;")[0]}END $$;
REVOKE EXECUTE ON FUNCTION redact(text, text, bigint, text, text, text, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('history', '0004_seals'),
    ]

    operations = [
        migrations.AddField(
            model_name='redaction',
            name='left_sha256',
            field=models.CharField(blank=True, db_default='', default='', help_text='the SHA-256 of what the removal left in the place of the text, where it left anything', max_length=64),
        ),
        migrations.AddConstraint(
            model_name='redaction',
            constraint=models.CheckConstraint(condition=models.Q(('left_sha256__regex', '^([0-9a-f]{64})?$')), name='redaction_carries_the_digest_of_what_it_left'),
        ),
        migrations.RunSQL(LEAVING, BLANKING),
    ]
