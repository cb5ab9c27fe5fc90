import django.db.models.deletion
import simple_history.models
from django.db import migrations, models

from governance.history.operations import record_history


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("history", "0001_initial"),
        ('assets', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalRisk',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('reference', models.CharField(db_index=True, max_length=12)),
                ('title', models.CharField(max_length=300)),
                ('cause', models.TextField(blank=True, default='')),
                ('event', models.TextField(blank=True, default='')),
                ('consequence', models.TextField(blank=True, default='')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('asset', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='assets.asset')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.post')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.organisationalunit')),
            ],
            options={
                'verbose_name': 'historical risk',
                'verbose_name_plural': 'historical risks',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('cause', models.TextField(blank=True, default='')),
                ('event', models.TextField(blank=True, default='')),
                ('consequence', models.TextField(blank=True, default='')),
                ('asset', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='assets.asset')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='people.post')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='people.organisationalunit')),
            ],
            options={
                'ordering': ['reference'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reference__regex', '^IR-\\d{4,}$')), name='risk_reference_is_like_ir_0042'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='risk_has_a_title')],
            },
        ),
        record_history("risks.Risk"),
    ]
