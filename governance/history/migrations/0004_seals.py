"""Seal the trail: what was written is found altered, should anybody alter it. `migrate` puts the triggers in place."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
import governance.history.models.seals
from django.db import migrations, models

SEALS = (Path(__file__).parent.parent / "sql" / "seals.sql").read_text(encoding="utf-8")

class Migration(migrations.Migration):

    dependencies = [
        ('history', '0003_rows_compared_whole'),
    ]

    operations = [
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(unique=True)),
                ('era', models.PositiveIntegerField()),
                ('previous', models.CharField(max_length=64)),
                ('rows', models.PositiveIntegerField()),
                ('seals', governance.history.models.seals.Ranges()),
                ('seals_digest', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('digest', models.CharField(max_length=64)),
                ('drawn', models.BigIntegerField(db_index=True)),
                ('floor', models.BigIntegerField()),
                ('begun_before', models.BigIntegerField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('rows__gt', 0)), name='block_holds_seals'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='block_carries_its_digest')],
            },
        ),
        migrations.CreateModel(
            name='Era',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('reason', models.TextField()),
                ('after_block', models.BigIntegerField(default=0)),
                ('drawn', models.BigIntegerField(default=0)),
                ('begun_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='era_gives_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table_name', models.TextField()),
                ('key_column', models.TextField()),
                ('columns', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('table_name', 'key_column', 'columns'), name='form_stands_once')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_key', models.BigIntegerField()),
                ('digest', models.BinaryField()),
                ('kind', models.CharField(choices=[('written', 'As written'), ('found', 'As found'), ('redacted', 'Redacted by authority')], max_length=8)),
                ('transaction', models.BigIntegerField()),
                ('form', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='history.form')),
                ('redaction', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='history.redaction')),
            ],
            options={
                'indexes': [models.Index(fields=['form', 'row_key'], name='seals_of_a_row')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['written', 'found', 'redacted'])), name='seal_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'redacted'), ('redaction__isnull', False)), models.Q(('kind__in', ['written', 'found']), ('redaction', None)), _connector='OR'), name='seal_names_its_redaction')],
            },
        ),
        migrations.RunSQL(
            SEALS,
            """DROP FUNCTION seal_rows(), seal_blocks(boolean), begin_era(text) CASCADE;
            DROP FUNCTION seal_as_found(text, text, text, bigint[], bigint), seal_left(text, bigint[], bigint) CASCADE;
            DROP FUNCTION seal_form(regclass, text, text), seal_line(history_seal) CASCADE;
            DROP FUNCTION block_digest(bigint, integer, text, bigint, text, timestamptz) CASCADE;""",
        ),
    ]
