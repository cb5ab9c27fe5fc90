from django.db import migrations


class Migration(migrations.Migration):
    """Nobody but the application's role empties a file: governance/core/grants.py gives it that right."""

    dependencies = [
        ('exchange', '0006_their_references'),
    ]

    operations = [
        migrations.RunSQL(
            "REVOKE EXECUTE ON FUNCTION empty_batch_file(bigint) FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION empty_batch_file(bigint) TO PUBLIC",
        ),
    ]
