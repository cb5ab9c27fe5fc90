"""A recommendation is known by its audit and the auditor's reference, which together may be longer."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('committees', '0013_verifications')]

    operations = [
        migrations.AlterField(
            model_name='publishedentry',
            name='reference',
            field=models.CharField(max_length=80),
        ),
    ]
