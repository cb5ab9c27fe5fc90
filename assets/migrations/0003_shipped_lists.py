"""The lists as shipped. A council edits them on its own pages: these are only where it begins."""

from django.db import migrations

from governance.history.trail import sign, signed

# Government Security Classifications Policy (PPN 07/23): three levels, a marking within OFFICIAL.
MARKINGS = [
    ("official", "OFFICIAL", "Most of what a council holds; it need not be marked", True),
    ("official-sensitive", "OFFICIAL-SENSITIVE", "Loss or leak could do harm; handle with care", False),
    ("official-sensitive-personal", "OFFICIAL-SENSITIVE: PERSONAL", "About identifiable people", False),
    ("official-sensitive-commercial", "OFFICIAL-SENSITIVE: COMMERCIAL", "Commercial or market sensitive", False),
]
# The scheme before 2014, and words councils use. There is no one-to-one mapping: these are only proposed
# when a file is brought in, and an officer decides.
OLD_MARKINGS = [
    ("NOT PROTECTIVELY MARKED", "official"),
    ("UNCLASSIFIED", "official"),
    ("PROTECT", "official-sensitive"),
    ("RESTRICTED", "official-sensitive"),
    ("OFFICIAL (SENSITIVE)", "official-sensitive"),
    ("OFFICIAL SENSITIVE", "official-sensitive"),
    ("OFFICIAL-SENSITIVE-PERSONAL", "official-sensitive-personal"),
    ("OFFICIAL-SENSITIVE-COMMERCIAL", "official-sensitive-commercial"),
]
# No national scale for councils is known: four steps, to be made the council's own.
IMPACTS = [
    ("minor", "Minor", 1, "Inconvenience, put right within the service", False),
    ("moderate", "Moderate", 2, "Some people or one service affected for a short time", False),
    ("serious", "Serious", 3, "Many people or several services affected; the regulator may ask", True),
    ("severe", "Severe", 4, "Harm to people, or the council cannot do what the law asks of it", True),
]
# Typical top level of a local government classification scheme; councils differ.
FUNCTIONS = [
    "Adult care", "Children and families", "Community safety", "Consumer affairs", "Council property",
    "Crematoria and cemeteries", "Democracy", "Economic development", "Education and skills",
    "Environmental protection", "Finance", "Health and safety", "Housing", "Human resources", "ICT",
    "Information management", "Legal services", "Leisure and culture", "Management",
    "Planning and building control", "Procurement", "Registration and coroners",
    "Risk management and insurance", "Transport and infrastructure", "Waste management",
]  # fmt: skip
VOLUMES = [
    ("under-100", "Fewer than 100 records"),
    ("under-1000", "100 to 999 records"),
    ("under-10000", "1,000 to 9,999 records"),
    ("under-100000", "10,000 to 99,999 records"),
    ("over-100000", "100,000 records or more"),
]
LICENCES = [
    ("ogl-3", "Open Government Licence v3.0", True,
     "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    ("no-reuse", "No re-use without permission", False, ""),
]  # fmt: skip
FOIA, EIR = "Freedom of Information Act 2000", "Environmental Information Regulations 2004"
EXEMPTIONS = [
    ("foi-21", "Section 21: reasonably accessible by other means", FOIA),
    ("foi-22", "Section 22: intended for future publication", FOIA),
    ("foi-30", "Section 30: investigations and proceedings", FOIA),
    ("foi-31", "Section 31: law enforcement", FOIA),
    ("foi-36", "Section 36: prejudice to the conduct of public affairs", FOIA),
    ("foi-38", "Section 38: health and safety", FOIA),
    ("foi-40", "Section 40: personal information", FOIA),
    ("foi-41", "Section 41: provided in confidence", FOIA),
    ("foi-42", "Section 42: legal professional privilege", FOIA),
    ("foi-43", "Section 43: commercial interests", FOIA),
    ("foi-44", "Section 44: prohibited by other law", FOIA),
    ("eir-12-4", "Regulation 12(4): nature of the request or the information", EIR),
    ("eir-12-5", "Regulation 12(5): adverse effect", EIR),
    ("eir-13", "Regulation 13: personal data", EIR),
]


def ship(apps, schema_editor):
    """Enter every list; the history says where the entries came from."""
    with signed(None, reason="Shipped with Custodian"), schema_editor.connection.cursor() as cursor:
        sign(cursor)
        lists(apps, schema_editor.connection.alias)


def lists(apps, alias):
    """Rows of each list, in their order."""

    def enter(name, rows):
        model = apps.get_model("assets", name)
        return model.objects.using(alias).bulk_create(model(**row) for row in rows)

    markings = enter("Marking", [
        {"code": code, "name": name, "explanation": said, "may_be_public": public, "position": place}
        for place, (code, name, said, public) in enumerate(MARKINGS, start=1)
    ])  # fmt: skip
    by_code = {marking.code: marking for marking in markings}
    enter("OldMarking", [{"word": word, "marking": by_code[code]} for word, code in OLD_MARKINGS])
    enter("ImpactLevel", [
        {"code": code, "name": name, "number": number, "explanation": said, "is_high": high, "position": number}
        for code, name, number, said, high in IMPACTS
    ])  # fmt: skip
    enter("Function", [
        {"code": name.lower().replace(" ", "-"), "name": name, "position": place}
        for place, name in enumerate(FUNCTIONS, start=1)
    ])  # fmt: skip
    enter("VolumeBand", [
        {"code": code, "name": name, "position": place} for place, (code, name) in enumerate(VOLUMES, start=1)
    ])  # fmt: skip
    enter("Licence", [
        {"code": code, "name": name, "is_open": is_open, "address": address, "position": place}
        for place, (code, name, is_open, address) in enumerate(LICENCES, start=1)
    ])  # fmt: skip
    enter("Exemption", [
        {"code": code, "name": name, "law": law, "position": place}
        for place, (code, name, law) in enumerate(EXEMPTIONS, start=1)
    ])  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [("assets", "0002_the_whole_asset")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
