"""Digests of words are made anew under the secret key, and no file is emptied on the day of its last step."""

from pathlib import Path

from django.db import migrations, models
from django.utils.crypto import salted_hmac

SQL = Path(__file__).parent.parent / "sql"
EMPTY = (SQL / "empty_rested_file.sql").read_text(encoding="utf-8")
BEFORE = (SQL / "empty_batch_file.sql").read_text(encoding="utf-8").replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


def under_the_key(digests):
    """Each digest with the one that `Source.digest_of` makes of the same word now."""
    return [(old, salted_hmac("exchange.words", old, algorithm="sha256").hexdigest()) for old in digests]


def make_anew(apps, schema_editor):
    """As the owner, past the guard of the history, and without a version for what nobody changed."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM exchange_fileword UNION SELECT digest FROM exchange_historicalfileword")
        anew = under_the_key([digest for (digest,) in cursor.fetchall()])
        cursor.execute("SELECT set_config('app.redacting', 'on', true)")
        cursor.execute("ALTER TABLE exchange_fileword DISABLE TRIGGER record_update")
        for table in ("exchange_fileword", "exchange_historicalfileword"):
            cursor.executemany(f"UPDATE {table} SET digest = %s WHERE digest = %s", [(new, old) for old, new in anew])
        cursor.execute("ALTER TABLE exchange_fileword ENABLE TRIGGER record_update")
        cursor.execute("SELECT set_config('app.redacting', 'off', true)")


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0007_who_empties_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='batchrow',
            name='had_patch',
            field=models.BooleanField(db_default=False, help_text='it wrote a patch that is let go of by now'),
        ),
        migrations.AlterField(
            model_name='fileword',
            name='digest',
            field=models.CharField(help_text="keyed SHA-256 of the source's key and the word", max_length=64),
        ),
        migrations.AlterField(
            model_name='historicalfileword',
            name='digest',
            field=models.CharField(help_text="keyed SHA-256 of the source's key and the word", max_length=64),
        ),
        migrations.RunPython(make_anew, migrations.RunPython.noop),
        migrations.RunSQL(EMPTY, BEFORE),
    ]
