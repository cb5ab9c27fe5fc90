from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from governance.figures.operations import two_clocks
from governance.history.operations import record_history

PLANS = (Path(__file__).parent.parent / "sql" / "plans.sql").read_text()


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("history", "0001_initial"),
        ("figures", "0001_initial"),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True)),
                ('title', models.CharField(max_length=300)),
                ('opened_on', models.DateField()),
                ('note', models.TextField(blank=True, default='')),
            ],
            options={
                'ordering': ['opened_on', 'code'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAudit',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('code', models.SlugField()),
                ('auditor', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=300)),
                ('audited_from', models.DateField(blank=True, null=True)),
                ('audited_to', models.DateField(blank=True, null=True)),
                ('opinion', models.CharField(blank=True, default='', max_length=100)),
                ('opinion_note', models.TextField(blank=True, default='')),
                ('scope', models.TextField(blank=True, default='')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical audit',
                'verbose_name_plural': 'historical audits',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=300)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('status', models.CharField(choices=[('not_started', 'Not started'), ('in_progress', 'In progress'), ('awaiting_approval', 'Awaiting approval'), ('completed', 'Completed'), ('withdrawn', 'Withdrawn')], default='not_started', editable=False, max_length=17)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='people.post')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='actions.actionplan')),
            ],
            options={
                'ordering': ['reference'],
            },
        ),
        migrations.CreateModel(
            name='Audit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True)),
                ('auditor', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=300)),
                ('audited_from', models.DateField(blank=True, null=True)),
                ('audited_to', models.DateField(blank=True, null=True)),
                ('opinion', models.CharField(blank=True, default='', max_length=100)),
                ('opinion_note', models.TextField(blank=True, default='')),
                ('scope', models.TextField(blank=True, default='')),
            ],
            options={
                'ordering': ['audited_from', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('audited_to', None), ('audited_to__gte', models.F('audited_from')), _connector='OR'), name='audit_ends_after_it_begins')],
            },
        ),
        migrations.AddField(
            model_name='actionplan',
            name='audit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='actions.audit'),
        ),
        migrations.CreateModel(
            name='HistoricalActionPlan',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('code', models.SlugField()),
                ('title', models.CharField(max_length=300)),
                ('opened_on', models.DateField()),
                ('note', models.TextField(blank=True, default='')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('audit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.audit')),
            ],
            options={
                'verbose_name': 'historical action plan',
                'verbose_name_plural': 'historical action plans',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalDependency',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('holds_up', models.CharField(choices=[('start', 'To start'), ('finish', 'To finish')], max_length=6)),
                ('note', models.TextField(blank=True, default='')),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('action', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.action')),
                ('needs_action', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.action')),
                ('needs_post', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': 'historical dependency',
                'verbose_name_plural': 'historical dependencies',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalScopeArea',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('code', models.SlugField()),
                ('title', models.CharField(max_length=200)),
                ('position', models.PositiveSmallIntegerField()),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('audit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.audit')),
            ],
            options={
                'verbose_name': 'historical scope area',
                'verbose_name_plural': 'historical scope areas',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20)),
                ('text', models.TextField()),
                ('priority', models.CharField(blank=True, default='', max_length=20)),
                ('illustrative', models.BooleanField(default=False)),
                ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='actions.audit')),
            ],
            options={
                'ordering': ['audit', 'reference'],
            },
        ),
        migrations.AddField(
            model_name='action',
            name='recommendation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='actions.recommendation'),
        ),
        migrations.CreateModel(
            name='ScopeArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField()),
                ('title', models.CharField(max_length=200)),
                ('position', models.PositiveSmallIntegerField()),
                ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scope_areas', to='actions.audit')),
            ],
            options={
                'ordering': ['audit', 'position'],
            },
        ),
        migrations.AddField(
            model_name='recommendation',
            name='scope_area',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='actions.scopearea'),
        ),
        migrations.CreateModel(
            name='HistoricalRecommendation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('reference', models.CharField(max_length=20)),
                ('text', models.TextField()),
                ('priority', models.CharField(blank=True, default='', max_length=20)),
                ('illustrative', models.BooleanField(default=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('audit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.audit')),
                ('scope_area', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.scopearea')),
            ],
            options={
                'verbose_name': 'historical recommendation',
                'verbose_name_plural': 'historical recommendations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalAction',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('reference', models.CharField(db_index=True, max_length=20)),
                ('title', models.CharField(max_length=300)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('status', models.CharField(choices=[('not_started', 'Not started'), ('in_progress', 'In progress'), ('awaiting_approval', 'Awaiting approval'), ('completed', 'Completed'), ('withdrawn', 'Withdrawn')], default='not_started', editable=False, max_length=17)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.post')),
                ('plan', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.actionplan')),
                ('recommendation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.recommendation')),
                ('scope_area', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='actions.scopearea')),
            ],
            options={
                'verbose_name': 'historical action',
                'verbose_name_plural': 'historical actions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='action',
            name='scope_area',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='actions.scopearea'),
        ),
        migrations.CreateModel(
            name='Dependency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('holds_up', models.CharField(choices=[('start', 'To start'), ('finish', 'To finish')], max_length=6)),
                ('note', models.TextField(blank=True, default='')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dependencies', to='actions.action')),
                ('needs_action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needed_by', to='actions.action')),
                ('needs_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needed_by', to='people.post')),
            ],
            options={
                'verbose_name_plural': 'dependencies',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='actions_dependency_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('needs_action', None), ('needs_post', None), _connector='XOR'), name='dependency_needs_one_thing'), models.CheckConstraint(condition=models.Q(('needs_action', models.F('action')), _negated=True), name='dependency_is_not_on_itself'), models.CheckConstraint(condition=models.Q(('holds_up__in', ['start', 'finish'])), name='dependency_step_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ProgressUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(verbose_name='took effect on')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('known_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('source_document', models.CharField(blank=True, default='', max_length=200)),
                ('void', models.BooleanField(default=False, verbose_name='this never happened')),
                ('place', models.BigIntegerField(db_default=0, editable=False)),
                ('status', models.CharField(choices=[('not_started', 'Not started'), ('in_progress', 'In progress'), ('awaiting_approval', 'Awaiting approval'), ('completed', 'Completed'), ('withdrawn', 'Withdrawn')], max_length=17)),
                ('evidence', models.TextField(blank=True, default='')),
                ('reason', models.TextField(blank=True, default='', verbose_name='reason for the correction')),
                ('waiver', models.TextField(blank=True, default='', verbose_name='reason for going ahead')),
                ('recorded_as', models.CharField(blank=True, default='', max_length=200)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='actions.action')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='actions.progressupdate')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress_updates', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['action', '-effective_on', '-place'], name='progress_standing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('void', False), ('corrects__isnull', False), _connector='OR'), name='actions_progressupdate_void_corrects_something'), models.CheckConstraint(condition=models.Q(('known_at__lte', models.F('recorded_at'))), name='actions_progressupdate_known_by_the_time_recorded'), models.CheckConstraint(condition=models.Q(('known_at', models.F('recorded_at')), models.Q(('source_document', ''), _negated=True), _connector='OR'), name='actions_progressupdate_known_earlier_by_a_document'), models.CheckConstraint(condition=models.Q(('status__in', ['not_started', 'in_progress', 'awaiting_approval', 'completed', 'withdrawn'])), name='progress_status_is_known'), models.CheckConstraint(condition=models.Q(('corrects', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='progress_correction_has_a_reason')],
            },
        ),
        migrations.AddConstraint(
            model_name='scopearea',
            constraint=models.UniqueConstraint(fields=('audit', 'code'), name='scope_area_code_once_in_audit'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.UniqueConstraint(fields=('audit', 'reference'), name='recommendation_reference_once_in_audit'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='action_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['not_started', 'in_progress', 'awaiting_approval', 'completed', 'withdrawn'])), name='action_status_is_known'),
        ),
        record_history("actions.Audit"),
        record_history("actions.ScopeArea"),
        record_history("actions.Recommendation"),
        record_history("actions.ActionPlan"),
        record_history("actions.Action"),
        record_history("actions.Dependency"),
        two_clocks("actions.ProgressUpdate", subject="action_id"),
        migrations.RunSQL(
            PLANS,
            """DROP TRIGGER keep_on_plan ON actions_action; DROP TRIGGER keep_code ON actions_actionplan;
            DROP TRIGGER keep_code ON actions_scopearea; DROP FUNCTION keep_on_plan(); DROP FUNCTION keep_code();""",
        ),
    ]
