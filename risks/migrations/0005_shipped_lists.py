"""What risks choose from, as shipped: common words (domain.md 3.2). A council edits the lists on its pages."""

from django.db import migrations

from governance.history.trail import sign, signed

CATEGORIES = [
    ("strategy", "Strategy", "Priorities, plans, partnerships"),
    ("governance", "Governance", "Who decides, who answers for what"),
    ("operations", "Operations", "How services are run from day to day"),
    ("legal", "Legal and regulatory", "Statutory duties, claims, the regulator"),
    ("financial", "Financial", "Money, fines, insurance"),
    ("commercial", "Commercial", "Suppliers, contracts, processors"),
    ("people", "People", "Skills, capacity, behaviour"),
    ("technology", "Technology", "Systems, networks, their support"),
    ("information", "Information", "Records, data, their quality and use"),
    ("security", "Security", "Physical and cyber security"),
    ("project", "Projects", "Change that is under way"),
    ("reputation", "Reputation", "What the public and partners think of the council"),
]
SOURCES = [
    ("threat-assessment", "Threat assessment", "A look at who or what could do harm"),
    ("isms", "ISMS monitoring", "The management of information security"),
    ("national-advice", "National advice", "Warnings and guidance from government and the regulator"),
    ("incident", "Incident report", "It has happened, here or elsewhere"),
    ("failure", "Technical or procedural failure", "Something did not work as it should"),
    ("change", "Change", "A new system, process or structure"),
    ("health-check", "IT health check", "Including penetration tests"),
    ("statutory-duty", "Statutory duty", "A duty that may not be met"),
    ("exception", "Exception to a policy", "Somebody was allowed to do otherwise"),
    ("dpia", "DPIA", "A data protection impact assessment"),
    ("audit", "Audit", "Found by auditors"),
]
PROXIMITIES = [
    ("now", "Now", "It is happening, or may at any time"),
    ("three-months", "Within three months", ""),
    ("year", "Within a year", ""),
    ("later", "Later than a year", ""),
]
EFFECTIVENESS = [
    ("not-tested", "Not tested", "Nobody has looked whether it works"),
    ("weak", "Weak", "It helps little, or is often left out"),
    ("partial", "Partly effective", "It works for a part, or most of the time"),
    ("effective", "Effective", "It works, and that has been checked"),
]
LISTS = (
    ("RiskCategory", CATEGORIES),
    ("RiskSource", SOURCES),
    ("RiskProximity", PROXIMITIES),
    ("ControlEffectiveness", EFFECTIVENESS),
)


def ship(apps, schema_editor):
    """Enter the lists; the history says where the entries came from."""
    with signed(None, reason="Shipped with Custodian"), schema_editor.connection.cursor() as cursor:
        sign(cursor)
        for name, rows in LISTS:
            model = apps.get_model("risks", name)
            model.objects.using(schema_editor.connection.alias).bulk_create(
                model(code=code, name=word, explanation=said, position=place)
                for place, (code, word, said) in enumerate(rows, start=1)
            )


class Migration(migrations.Migration):

    dependencies = [("risks", "0004_scores")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
