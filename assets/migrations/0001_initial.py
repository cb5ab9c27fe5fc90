import django.db.models.deletion
import simple_history.models
from django.db import migrations, models

from governance.history.operations import record_history


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("history", "0001_initial"),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalAsset',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('reference', models.CharField(db_index=True, max_length=12)),
                ('title', models.CharField(max_length=300)),
                ('description', models.TextField(blank=True, default='')),
                ('form', models.CharField(choices=[('paper', 'Paper'), ('electronic', 'Electronic documents'), ('data', 'Data'), ('mixed', 'Mixed')], max_length=10)),
                ('contains_personal_data', models.BooleanField(verbose_name='contains personal data')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.post', verbose_name='owner')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.organisationalunit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'historical asset',
                'verbose_name_plural': 'historical assets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('description', models.TextField(blank=True, default='')),
                ('form', models.CharField(choices=[('paper', 'Paper'), ('electronic', 'Electronic documents'), ('data', 'Data'), ('mixed', 'Mixed')], max_length=10)),
                ('contains_personal_data', models.BooleanField(verbose_name='contains personal data')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='people.post', verbose_name='owner')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='people.organisationalunit', verbose_name='unit')),
            ],
            options={
                'ordering': ['reference'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reference__regex', '^IA-\\d{4,}$')), name='asset_reference_is_like_ia_0042'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='asset_has_a_title'), models.CheckConstraint(condition=models.Q(('form__in', ['paper', 'electronic', 'data', 'mixed'])), name='asset_form_is_known')],
            },
        ),
        record_history("assets.Asset"),
    ]
