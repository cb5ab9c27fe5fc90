"""What the Transparency Code asks for, and the lists of sharing. A council edits them: it only begins here."""

from django.db import migrations

from governance.history.trail import sign, signed

METHODS = [
    ("secure-email", "Secure e-mail", "Encrypted between both organisations' mail servers"),
    ("secure-transfer", "Secure file transfer", "SFTP or a managed transfer service"),
    ("shared-system", "Access to a shared system", "Partners sign in to the same system"),
    ("interface", "Automatic interface", "One system hands over to the other"),
    ("encrypted-media", "Encrypted media by tracked courier", ""),
    ("by-hand", "Paper, by hand or tracked post", ""),
    ("meeting", "By word of mouth in a meeting", "Minuted by the chair"),
]
KINDS = [
    ("council", "Council"),
    ("health", "Health body"),
    ("police", "Police"),
    ("fire", "Fire and rescue"),
    ("education", "School, college or university"),
    ("government", "Government department or agency"),
    ("voluntary", "Voluntary or community organisation"),
    ("company", "Company"),
    ("other", "Other"),
]
# Code, name, months, Dublin Core term. Nothing falls due again where there are no months.
FREQUENCIES = [
    ("monthly", "Every month", 1, "freq:monthly"),
    ("quarterly", "Every quarter", 3, "freq:quarterly"),
    ("semiannual", "Twice a year", 6, "freq:semiannual"),
    ("annual", "Every year", 12, "freq:annual"),
    ("biennial", "Every two years", 24, "freq:biennial"),
    ("triennial", "Every three years", 36, "freq:triennial"),
    ("continuous", "Kept up to date all the time", None, "freq:continuous"),
    ("once", "Once", None, "freq:irregular"),
]
# The datasets of Part 2 as far as they are known to us; a council puts right what its reading of the Code
# says otherwise. Part 3 (recommended) is entered by councils that follow it.
CODE = "Local Government Transparency Code 2015, Part 2"
OBLIGATIONS = [
    ("Expenditure over £500", "quarterly", "Every item of spending over £500"),
    ("Government procurement card transactions", "quarterly", "Every transaction on a procurement card"),
    ("Invitations to tender over £5,000", "quarterly", "Every invitation to tender for contracts over £5,000"),
    ("Contracts over £5,000", "quarterly", "Every contract, commissioned activity and purchase order over £5,000"),
    ("Local authority land and buildings", "annual", "All land and building assets. Not the information assets"),
    ("Social housing asset value", "annual", "The value of social housing stock"),
    ("Grants to voluntary, community and social enterprise bodies", "annual", "All such grants"),
    ("Organisation chart", "annual", "The top three levels"),
    ("Trade union facility time", "annual", "Staff who are union representatives, and what is spent"),
    ("Parking account", "annual", "Income and expenditure, and how a surplus was spent"),
    ("Parking spaces", "annual", "The number of marked out controlled parking spaces"),
    ("Senior salaries", "annual", "Senior salaries, responsibilities and budgets, by post"),
    ("Constitution", "annual", "The council's constitution"),
    ("Pay multiple", "annual", "The ratio of the highest to the median earnings"),
    ("Fraud", "annual", "Counter fraud work: powers used, people employed, cases and costs"),
    ("Waste contracts", "once", "Contracts for the collection and treatment of waste"),
]  # fmt: skip


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

    enter("TransferMethod", [
        {"code": code, "name": name, "explanation": said, "position": place}
        for place, (code, name, said) in enumerate(METHODS, start=1)
    ])  # fmt: skip
    enter("PartnerKind", [
        {"code": code, "name": name, "position": place} for place, (code, name) in enumerate(KINDS, start=1)
    ])  # fmt: skip
    frequencies = enter("Frequency", [
        {"code": code, "name": name, "months": months, "term": term, "position": place}
        for place, (code, name, months, term) in enumerate(FREQUENCIES, start=1)
    ])  # fmt: skip
    by_code = {frequency.code: frequency for frequency in frequencies}
    enter("Obligation", [
        {"reference": f"TC-{place:04}", "title": title, "description": said, "basis": CODE,
         "frequency": by_code[often]}
        for place, (title, often, said) in enumerate(OBLIGATIONS, start=1)
    ])  # fmt: skip
    enter("SharingPeriods", [{}])


class Migration(migrations.Migration):

    dependencies = [("assets", "0004_sharing_and_openness")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
