"""By what incidents are told apart, as shipped. A council edits the lists on its pages.

Categories and the levels of severity are those seen at councils (domain.md 7.1); the words of likelihood are
those that NHS guidance is remembered to use, and no more than a beginning.
"""

from django.db import migrations

from governance.history.trail import sign, signed

CATEGORIES = [
    ("email", "E-mail to the wrong person", "Also with the wrong attachment, or with all addresses to be seen"),
    ("post", "Post to the wrong person", "Also handed over at a counter"),
    ("paper", "Paper lost or stolen", ""),
    ("device", "Device lost or stolen", "Also a memory stick or a card"),
    ("access", "Unauthorised access", "Somebody looked at what they had no need to see"),
    ("cyber", "Cyber attack", "Malware, phishing, a break-in"),
    ("disposal", "Not disposed of securely", ""),
    ("verbal", "Said to the wrong person", ""),
    ("published", "Published in error", "Also not redacted"),
    ("system", "System failure", "Data out of reach, or changed by a fault"),
    ("other", "Something else", ""),
]
SEVERITIES = [
    ("level-0", "Level 0: near miss", "Nothing came of it, or nothing was concerned that matters", 0, False, False),
    ("level-1", "Level 1: incident", "No risk to people is likely; it is logged and not reported", 1, False, False),
    ("level-2", "Level 2: serious incident", "A risk to people is likely; it is to be reported", 2, True, False),
    ("level-3", "Level 3: grave incident", "A high risk to people is likely; they are to be told too", 3, True, True),
]
LIKELIHOODS = [
    ("not-occurred", "Not occurred", "It is certain that nobody came to harm", 1),
    ("not-likely", "Not likely", "There is no sign that anybody came or will come to harm", 2),
    ("likely", "Likely", "Somebody may well come to harm", 3),
    ("highly-likely", "Highly likely", "It is almost certain that somebody will come to harm", 4),
    ("occurred", "Occurred", "Somebody has come to harm", 5),
]
RECIPIENTS = [
    ("ico", "Information Commissioner's Office", "Within 72 hours, unless a risk to people is unlikely", True),
    ("people", "The people concerned", "Without undue delay, where the risk to them is likely to be high", False),
    ("controller", "The controller for whom the council processes", "Without undue delay", False),
    ("processor", "The processor or partner concerned", "", False),
    ("police", "Police", "", False),
    ("ncsc", "National Cyber Security Centre", "", False),
    ("dspt", "NHS, through the Data Security and Protection Toolkit", "", False),
    ("insurer", "Insurer", "", False),
    ("other", "Somebody else", "", False),
]
ALL = {
    "IncidentCategory": (CATEGORIES, ()),
    "IncidentSeverity": (SEVERITIES, ("number", "prompts_regulator", "prompts_people")),
    "IncidentLikelihood": (LIKELIHOODS, ("number",)),
    "IncidentRecipient": (RECIPIENTS, ("is_regulator",)),
}


def ship(apps, schema_editor):
    """Enter the lists; the history says where the entries came from."""
    with signed(None, reason="Shipped with Custodian"), schema_editor.connection.cursor() as cursor:
        sign(cursor)
        for name, (rows, more) in ALL.items():
            model = apps.get_model("risks", name)
            names = ("code", "name", "explanation", *more)
            model.objects.using(schema_editor.connection.alias).bulk_create(
                model(position=place, **dict(zip(names, row, strict=True)))
                for place, row in enumerate(rows, start=1)
            )


class Migration(migrations.Migration):

    dependencies = [("risks", "0006_incidents")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
