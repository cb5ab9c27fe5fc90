
from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"
# The third statement of impact.sql is the function as it was before.
BEFORE = "CREATE OR REPLACE FUNCTION keep_sign_off()" + (
    (SQL / "impact.sql").read_text().split("CREATE FUNCTION keep_sign_off()", 1)[1].split("CREATE TRIGGER", 1)[0]
)


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0026_advice_as_it_was_given'),
    ]

    operations = [
        migrations.RunSQL((SQL / "sign_off.sql").read_text(), BEFORE),
    ]
