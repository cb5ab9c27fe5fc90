"""Why things are held back and how they are disposed of, as shipped. A council edits the lists on its pages."""

from django.db import migrations

from governance.history.trail import sign, signed

HOLD_REASONS = [
    ("litigation", "Litigation", "A claim has been made or is expected"),
    ("inquiry", "Inquiry", "A public inquiry or an investigation has asked for it, or may"),
    ("open-request", "Open request", "A request for information or for review is not closed"),
    ("audit", "Audit", "An audit has asked for it"),
]
DISPOSAL_METHODS = [
    ("shredded", "Shredded on site", "Paper, cross-cut"),
    ("confidential-waste", "Confidential waste contractor", "Collected, destroyed and certified"),
    ("deleted", "Deleted from the system", "With its copies, once backups have been overwritten"),
    ("wiped", "Media wiped", "Overwritten or degaussed"),
    ("destroyed", "Media destroyed", "Shredded or crushed"),
    ("handed-over", "Handed over", "To the archives or to the body that takes it on"),
]


def ship(apps, schema_editor):
    """Enter both lists; the history says where the entries came from."""
    with signed(None, reason="Shipped with Custodian"), schema_editor.connection.cursor() as cursor:
        sign(cursor)
        for name, rows in (("HoldReason", HOLD_REASONS), ("DisposalMethod", DISPOSAL_METHODS)):
            model = apps.get_model("assets", name)
            model.objects.using(schema_editor.connection.alias).bulk_create(
                model(code=code, name=word, explanation=said, position=place)
                for place, (code, word, said) in enumerate(rows, start=1)
            )


class Migration(migrations.Migration):

    dependencies = [("assets", "0006_retention_and_disposal")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
