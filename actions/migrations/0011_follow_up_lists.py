"""What follow-ups choose from, as shipped: common words (domain.md 4.4). A council edits the lists on its pages."""

from django.db import migrations

from governance.history.trail import sign, signed

KINDS = [
    ("visit", "Visit", "The auditor comes again"),
    ("desk", "Desk-based", "The auditor reads the updated plan and the evidence sent"),
]
RATINGS = [
    ("complete", "Complete", "Nothing more is to be done", True),
    ("partly", "Partially complete", "Some of it is done", False),
    ("not-complete", "Not complete", "Nothing that counts is done", False),
    ("overtaken", "No longer relevant", "What it was about is there no more", True),
]


def ship(apps, schema_editor):
    """Enter the lists; the history says where the entries came from."""
    using = schema_editor.connection.alias
    with signed(None, reason="Shipped with Custodian"), schema_editor.connection.cursor() as cursor:
        sign(cursor)
        kind = apps.get_model("actions", "FollowUpKind")
        kinds = [
            kind(code=code, name=word, explanation=said, position=place)
            for place, (code, word, said) in enumerate(KINDS, start=1)
        ]
        # Migrated back, the lists stay as they were edited: what is there already is left as it is.
        kind.objects.using(using).bulk_create(kinds, ignore_conflicts=True)
        rating = apps.get_model("actions", "RecommendationRating")
        ratings = [
            rating(code=code, name=word, explanation=said, is_complete=complete, position=place)
            for place, (code, word, said, complete) in enumerate(RATINGS, start=1)
        ]
        rating.objects.using(using).bulk_create(ratings, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [("actions", "0010_follow_ups")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
