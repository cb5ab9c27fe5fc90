"""The duties and periods of confirmation as shipped. A council edits them on its own pages."""

from django.db import migrations

from governance.history.trail import sign, signed

# The duties of an information asset owner (Cabinet Office and The National Archives, in our words).
QUESTIONS = [
    ("know", "What is held and why", "I know what this asset holds, what comes in and goes out, and why we keep it."),
    ("access", "Who has access", "I know who has access to it and why, and their access is still right."),
    ("safe", "Kept, moved and shared safely", "I know how it is kept, moved and shared, and that this is done safely."),
    ("dispose", "When it is disposed of", "I know how long it is to be kept, and that it is disposed of when due."),
]


def ship(apps, schema_editor):
    """Enter both; the history says where they came from."""
    alias = schema_editor.connection.alias
    with signed(None, reason="Shipped with Custodian"), schema_editor.connection.cursor() as cursor:
        sign(cursor)
        apps.get_model("assets", "AttestationPeriods").objects.using(alias).create(pk=1)
        question = apps.get_model("assets", "AttestationQuestion")
        question.objects.using(alias).bulk_create(
            question(code=code, name=name, explanation=said, position=place)
            for place, (code, name, said) in enumerate(QUESTIONS, start=1)
        )


class Migration(migrations.Migration):

    dependencies = [("assets", "0010_attestation")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
