"""Nothing that is of a file alone outlives it: words are kept as digests, and remarks with what was found."""

from django.db import migrations, models

# As the owner, past the guard of the history, and without a version for what nobody changed.
DIGESTS = """
SELECT set_config('app.redacting', 'on', true);
ALTER TABLE exchange_fileword DISABLE TRIGGER record_update;
UPDATE exchange_fileword SET digest = encode(sha256(convert_to(source_id || ' ' || digest, 'UTF8')), 'hex');
UPDATE exchange_historicalfileword
  SET digest = encode(sha256(convert_to(source_id || ' ' || digest, 'UTF8')), 'hex');
ALTER TABLE exchange_fileword ENABLE TRIGGER record_update;
SELECT set_config('app.redacting', 'off', true);
"""
# What was checked and cannot be confirmed any more is matched, and so checked, once more.
REMARKS = """
UPDATE exchange_foundtable f SET read_as = coalesce(b.remarks -> 'read_as', '{}'),
  council = coalesce(b.remarks -> 'council', '{}') FROM exchange_batch b WHERE b.id = f.batch_id;
UPDATE exchange_batch b SET state = 'uploaded' WHERE state = 'checked'
  AND NOT EXISTS (SELECT FROM exchange_foundtable f WHERE f.batch_id = b.id);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0004_words_and_what_is_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='foundtable',
            name='council',
            field=models.JSONField(default=dict, help_text='what the file says of the council, by field'),
        ),
        migrations.AddField(
            model_name='foundtable',
            name='read_as',
            field=models.JSONField(default=dict, help_text='old words by heading, each with what it is read as'),
        ),
        migrations.RunSQL(REMARKS, migrations.RunSQL.noop),
        migrations.RemoveField(model_name='batch', name='remarks'),
        migrations.RemoveField(model_name='historicalbatch', name='remarks'),
        migrations.RemoveConstraint(model_name='fileword', name='file_word_is_said_of_a_column'),
        migrations.RemoveConstraint(model_name='fileword', name='file_word_stands_for_one'),
        migrations.AlterModelOptions(name='fileword', options={}),
        migrations.RenameField(model_name='fileword', old_name='word', new_name='digest'),
        migrations.RenameField(model_name='historicalfileword', old_name='word', new_name='digest'),
        migrations.RunSQL(DIGESTS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='fileword',
            name='digest',
            field=models.CharField(help_text="SHA-256 of the source's key and the word", max_length=64),
        ),
        migrations.AlterField(
            model_name='historicalfileword',
            name='digest',
            field=models.CharField(help_text="SHA-256 of the source's key and the word", max_length=64),
        ),
        migrations.AlterModelOptions(name='fileword', options={'ordering': ['column', 'digest']}),
        migrations.AddConstraint(
            model_name='fileword',
            constraint=models.CheckConstraint(condition=models.Q(('column', ''), _negated=True), name='file_word_is_said_of_a_column'),
        ),
        migrations.AddConstraint(
            model_name='fileword',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='file_word_is_kept_as_a_digest'),
        ),
        migrations.AddConstraint(
            model_name='fileword',
            constraint=models.UniqueConstraint(fields=('source', 'column', 'digest'), name='file_word_stands_for_one'),
        ),
    ]
