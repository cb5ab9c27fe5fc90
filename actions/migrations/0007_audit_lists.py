"""What audits choose from, as shipped: common words (domain.md 4). A council edits the lists on its pages."""

from django.db import migrations

from governance.history.trail import sign, signed

KINDS = [
    ("ico", "Information Commissioner", "An audit by the regulator of data protection"),
    ("internal", "Internal audit", "By the council's own auditors, or those it shares with others"),
    ("external", "External assessment", "By somebody whom the council asked, such as a consultancy"),
    ("peer", "Peer review", "By another council"),
]
TEXT_KINDS = [
    ("opinion", "Opinion", "What the auditor concludes, overall or of one area"),
    ("good-practice", "Good practice", "What the auditor found to be good"),
    ("limits", "Limits noted", "What the auditor did not look at, or could not say"),
    ("finding", "Finding", "Anything else that the auditor says"),
]
PRIORITIES = [
    ("urgent", "Urgent", "Clear and immediate risk to compliance"),
    ("high", "High", "To be met at the earliest opportunity"),
    ("medium", "Medium", "Within a longer time, or with controls that exist meanwhile"),
    ("low", "Low", "An improvement, or an existing plan to be completed"),
]
LISTS = (
    ("AuditKind", KINDS),
    ("AuditTextKind", TEXT_KINDS),
    ("RecommendationPriority", PRIORITIES),
)


def ship(apps, schema_editor):
    """Enter the lists; the history says where the entries came from."""
    with signed(None, reason="Shipped with Custodian"), schema_editor.connection.cursor() as cursor:
        sign(cursor)
        for name, rows in LISTS:
            model = apps.get_model("actions", name)
            shipped = [
                model(code=code, name=word, explanation=said, position=place)
                for place, (code, word, said) in enumerate(rows, start=1)
            ]
            # Migrated back, the lists stay as they were edited: what is there already is left as it is.
            model.objects.using(schema_editor.connection.alias).bulk_create(shipped, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [("actions", "0006_audits")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
