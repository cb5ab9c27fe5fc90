import django.db.models.deletion
import simple_history.models
from django.conf import settings
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.db import migrations, models

from governance.history.operations import record_history


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("history", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('display_name', models.CharField(max_length=200)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['display_name'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalUser',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('email', models.EmailField(db_index=True, max_length=254)),
                ('display_name', models.CharField(max_length=200)),
                ('is_active', models.BooleanField(default=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical user',
                'verbose_name_plural': 'historical users',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='OrganisationalUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('code', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=200)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.organisationalunit')),
                ('succeeded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='people.organisationalunit')),
            ],
            options={
                'ordering': ['name'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoricalPost',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('code', models.SlugField()),
                ('title', models.CharField(max_length=200)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.organisationalunit')),
            ],
            options={
                'verbose_name': 'historical post',
                'verbose_name_plural': 'historical posts',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalOrganisationalUnit',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('code', models.SlugField()),
                ('name', models.CharField(max_length=200)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.organisationalunit')),
                ('succeeded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.organisationalunit')),
            ],
            options={
                'verbose_name': 'historical organisational unit',
                'verbose_name_plural': 'historical organisational units',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True)),
                ('title', models.CharField(max_length=200)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='people.organisationalunit')),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalRoleAssignment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('role', models.CharField(choices=[('iao', 'Information asset owner'), ('iaa', 'Information asset administrator (deputy)'), ('ig_officer', 'Information governance officer'), ('records_manager', 'Records manager'), ('siro', 'Senior information risk owner'), ('dpo', 'Data protection officer'), ('caldicott_guardian', 'Caldicott Guardian'), ('monitoring_officer', 'Monitoring (proper) officer'), ('committee_officer', 'Committee officer'), ('author', 'Report author'), ('finance_approver', 'Finance approver'), ('legal_approver', 'Legal approver'), ('director_approver', 'Director approver'), ('portfolio_holder', 'Portfolio holder'), ('imsg_member', 'Information Management Strategy Group member'), ('service_manager', 'Service manager'), ('internal_auditor', 'Internal auditor'), ('administrator', 'Administrator')], max_length=20)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.organisationalunit')),
                ('post', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': 'historical role assignment',
                'verbose_name_plural': 'historical role assignments',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPostHolding',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_until', models.DateTimeField()),
                ('history_who', models.TextField(null=True)),
                ('history_post', models.TextField(null=True)),
                ('history_request', models.TextField(null=True)),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('kind', models.CharField(choices=[('substantive', 'Substantive'), ('acting', 'Acting')], default='substantive', max_length=11)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_user_id', models.BigIntegerField(null=True)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': 'historical post holding',
                'verbose_name_plural': 'historical post holdings',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PostHolding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('kind', models.CharField(choices=[('substantive', 'Substantive'), ('acting', 'Acting')], default='substantive', max_length=11)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='people.post')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoleAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='from')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('role', models.CharField(choices=[('iao', 'Information asset owner'), ('iaa', 'Information asset administrator (deputy)'), ('ig_officer', 'Information governance officer'), ('records_manager', 'Records manager'), ('siro', 'Senior information risk owner'), ('dpo', 'Data protection officer'), ('caldicott_guardian', 'Caldicott Guardian'), ('monitoring_officer', 'Monitoring (proper) officer'), ('committee_officer', 'Committee officer'), ('author', 'Report author'), ('finance_approver', 'Finance approver'), ('legal_approver', 'Legal approver'), ('director_approver', 'Director approver'), ('portfolio_holder', 'Portfolio holder'), ('imsg_member', 'Information Management Strategy Group member'), ('service_manager', 'Service manager'), ('internal_auditor', 'Internal auditor'), ('administrator', 'Administrator')], max_length=20)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_assignments', to='people.post')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='role_assignments', to='people.organisationalunit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='organisationalunit',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='people_organisationalunit_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='organisationalunit',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='unit_is_not_its_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='postholding',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='people_postholding_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='postholding',
            constraint=models.UniqueConstraint(fields=('post', 'person', 'from_on'), name='person_takes_up_a_post_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='postholding',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['substantive', 'acting'])), name='holding_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='roleassignment',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='people_roleassignment_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='roleassignment',
            constraint=models.UniqueConstraint(fields=('role', 'post', 'unit', 'from_on'), name='role_is_given_once_from_a_day', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='roleassignment',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['iao', 'iaa', 'ig_officer', 'records_manager', 'siro', 'dpo', 'caldicott_guardian', 'monitoring_officer', 'committee_officer', 'author', 'finance_approver', 'legal_approver', 'director_approver', 'portfolio_holder', 'imsg_member', 'service_manager', 'internal_auditor', 'administrator'])), name='role_is_known'),
        ),
        migrations.CreateModel(
            name='Guess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='a digest: neither account nor address can be read from it', max_length=64)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'verbose_name_plural': 'guesses',
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='person_email_is_in_lower_case'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('display_name', ''), _negated=True), name='person_has_a_name'),
        ),
        migrations.AddIndex(
            model_name='guess',
            index=models.Index(fields=['key', 'made_at'], name='guess_by_key'),
        ),
        record_history("people.User"),
        record_history("people.OrganisationalUnit"),
        record_history("people.Post"),
        record_history("people.PostHolding"),
        record_history("people.RoleAssignment"),
    ]
