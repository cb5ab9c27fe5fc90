"""The lists that processing is described by, as shipped. A council edits them on its own pages."""

from django.db import migrations

from governance.history.trail import sign, signed

# UK GDPR Article 6(1). The letter of the last one is not verified.
BASES = [
    ("consent", "Consent", "Article 6(1)(a)", "The person has agreed, freely and for this purpose"),
    ("contract", "Contract", "Article 6(1)(b)", "Needed for a contract with the person, or to enter into one"),
    ("legal-obligation", "Legal obligation", "Article 6(1)(c)", "A law obliges the council to do it"),
    ("vital-interests", "Vital interests", "Article 6(1)(d)", "Needed to save somebody's life"),
    ("public-task", "Public task", "Article 6(1)(e)", "A task in the public interest, laid down by law"),
    ("recognised-legitimate-interest", "Recognised legitimate interest", "Article 6(1)(ea)",
     "Data (Use and Access) Act 2025; a public authority goes on using public task for its tasks"),
    ("legitimate-interests", "Legitimate interests", "Article 6(1)(f)",
     "Not for the tasks of a public authority; needs a balancing test"),
]  # fmt: skip
DUAA = "Data (Use and Access) Act 2025"
INTERESTS = [
    ("public-task-of-another", "Disclosure requested for another's public task"),
    ("security", "National security, public security and defence"),
    ("emergencies", "Emergencies"),
    ("crime", "Crime"),
    ("safeguarding", "Safeguarding vulnerable people"),
]
# UK GDPR Article 9(2); names shortened.
SPECIAL = [
    ("explicit-consent", "Explicit consent", "a"),
    ("employment", "Employment, social security and social protection", "b"),
    ("vital-interests", "Vital interests", "c"),
    ("not-for-profit", "Not-for-profit bodies", "d"),
    ("made-public", "Made public by the person", "e"),
    ("legal-claims", "Legal claims or judicial acts", "f"),
    ("substantial-public-interest", "Substantial public interest", "g"),
    ("health-or-social-care", "Health or social care", "h"),
    ("public-health", "Public health", "i"),
    ("archiving", "Archiving, research and statistics", "j"),
]
# Data Protection Act 2018, Schedule 1. Part 2's paragraphs are as usually cited.
EMPLOYMENT_ETC = [
    (1, "Employment, social security and social protection", True),
    (2, "Health or social care purposes", False),
    (3, "Public health", False),
    (4, "Research, archiving and statistics", False),
]
PUBLIC_INTEREST = [
    "Statutory and government purposes", "Administration of justice and parliamentary purposes",
    "Equality of opportunity or treatment", "Racial and ethnic diversity at senior levels",
    "Preventing or detecting unlawful acts", "Protecting the public against dishonesty",
    "Regulatory requirements relating to unlawful acts and dishonesty", "Journalism",
    "Preventing fraud", "Suspicion of terrorist financing or money laundering",
    "Support for individuals with a disability or medical condition", "Counselling",
    "Safeguarding of children and individuals at risk",
    "Safeguarding of economic well-being of certain individuals", "Insurance", "Occupational pensions",
    "Political parties", "Elected representatives responding to requests",
    "Disclosure to elected representatives", "Informing elected representatives about prisoners",
    "Publication of legal judgments", "Anti-doping in sport", "Standards of behaviour in sport",
]  # fmt: skip
CRIME = [
    (29, "Consent (criminal offence data)"),
    (30, "Vital interests (criminal offence data)"),
    (31, "Not-for-profit bodies (criminal offence data)"),
    (32, "Made public by the person (criminal offence data)"),
    (33, "Legal claims (criminal offence data)"),
    (34, "Judicial acts (criminal offence data)"),
    (35, "Accounts used in indecency offences involving children"),
    (36, "Extension of Part 2 conditions (criminal offence data)"),
    (37, "Extension of insurance (criminal offence data)"),
]
SAFEGUARDS = [
    ("adequacy", "UK adequacy regulations", "Article 45", False),
    ("idta", "International Data Transfer Agreement", "Article 46", True),
    ("addendum", "UK Addendum to the EU standard clauses", "Article 46", True),
    ("bcr", "Binding corporate rules", "Article 47", True),
    ("exception", "Exception for a specific situation", "Article 49", False),
]
# code, name, explanation, whose list, only with another, the same as
CRITERIA = [
    ("profiling-with-effects", "Systematic and extensive profiling with significant effects",
     "Decisions about people rest on it, by automated means", "automatic", False, None),
    ("large-scale-sensitive", "Special category or criminal offence data on a large scale",
     "Many people, much data, a wide area or a long time", "automatic", False, None),
    ("public-monitoring", "Systematic monitoring of a public area on a large scale",
     "Such as closed-circuit television in a town centre", "automatic", False, None),
    ("innovative-technology", "Innovative technology", "New technology, or old technology used in a new way",
     "ico", True, None),
    ("denial-of-service", "Denial of service",
     "Access to a service, an opportunity or a benefit depends on it", "ico", False, None),
    ("large-scale-profiling", "Large-scale profiling", "Profiling of many people", "ico", False, None),
    ("biometric", "Biometric data", "To identify people uniquely", "ico", True, None),
    ("genetic", "Genetic data", "Other than by a health professional caring for the person", "ico", True, None),
    ("data-matching", "Data matching", "Combining data from several sources", "ico", False, None),
    ("invisible", "Invisible processing", "Data not had from the person, who is not told", "ico", True, None),
    ("tracking", "Tracking", "Where people are, or what they do, online or not", "ico", True, None),
    ("targeting-vulnerable", "Targeting of children or other vulnerable individuals",
     "For marketing, profiling, automated decisions or services offered to them", "ico", False, None),
    ("physical-harm", "Risk of physical harm", "A breach could endanger somebody's health or safety",
     "ico", False, None),
    ("eu-scoring", "Evaluation or scoring", "Including profiling and predicting", "european", True,
     "large-scale-profiling"),
    ("eu-automated", "Automated decisions with legal or similar effect", "", "european", True,
     "profiling-with-effects"),
    ("eu-monitoring", "Systematic monitoring", "Observing or controlling people", "european", True,
     "public-monitoring"),
    ("eu-sensitive", "Sensitive or highly personal data", "Special category data, finances, location", "european",
     True, "large-scale-sensitive"),
    ("eu-large-scale", "Large scale", "Many people, much data, a wide area or a long time", "european", True,
     None),
    ("eu-matching", "Matching or combining sets of data", "Beyond what people would expect", "european", True,
     "data-matching"),
    ("eu-vulnerable", "Data about vulnerable people", "Children, employees, patients, anybody with less power",
     "european", True, "targeting-vulnerable"),
    ("eu-innovative", "Innovative use or new technical solutions", "", "european", True,
     "innovative-technology"),
    ("eu-preventing", "Preventing people from exercising a right or using a service", "", "european", True,
     "denial-of-service"),
]  # fmt: skip
LAW = {"automatic": "UK GDPR, Article 35(3)", "ico": "UK GDPR, Article 35(4)", "european": "WP 248 rev.01"}


def ship(apps, schema_editor):
    """Enter every list; the history says where the entries came from."""
    with signed(None, reason="Shipped with Custodian"), schema_editor.connection.cursor() as cursor:
        sign(cursor)
        lists(apps, schema_editor.connection.alias)


def lists(apps, alias):
    """Rows of each list, in their order."""

    def enter(name, rows):
        model = apps.get_model("assets", name)
        rows = [{"position": place, **row} for place, row in enumerate(rows, start=1)]
        return model.objects.using(alias).bulk_create(model(**row) for row in rows)

    enter("LawfulBasis", [
        {"code": code, "name": name, "law": f"UK GDPR, {law}", "explanation": said}
        for code, name, law, said in BASES
    ])  # fmt: skip
    enter("InterestCondition", [{"code": code, "name": name, "law": DUAA} for code, name in INTERESTS])
    enter("SpecialCondition", [
        {"code": code, "name": name, "law": f"UK GDPR, Article 9(2)({letter})"} for code, name, letter in SPECIAL
    ])  # fmt: skip
    numbered = [
        *((1, number, name, needs) for number, name, needs in EMPLOYMENT_ETC),
        *((2, number, name, True) for number, name in enumerate(PUBLIC_INTEREST, start=6)),
        *((3, number, name, number >= 36) for number, name in CRIME),
    ]
    enter("ScheduleCondition", [
        {"code": f"paragraph-{number}", "name": name, "needs_policy": needs,
         "law": f"DPA 2018, Schedule 1, Part {part}, paragraph {number}"}
        for part, number, name, needs in numbered
    ])  # fmt: skip
    enter("Safeguard", [
        {"code": code, "name": name, "law": f"UK GDPR, {law}", "needs_assessment": needs}
        for code, name, law, needs in SAFEGUARDS
    ])  # fmt: skip
    criteria(enter)


def criteria(enter):
    """The reasons to make a DPIA; the European ones after those that they say again."""
    by_code = {}
    for first, last in [(0, 13), (13, len(CRITERIA))]:
        made = enter("DpiaCriterion", [
            {"code": code, "name": name, "explanation": said, "source": source, "needs_another": with_another,
             "law": LAW[source], "same_as": by_code.get(same), "position": place}
            for place, (code, name, said, source, with_another, same) in enumerate(CRITERIA, start=1)
            if first < place <= last
        ])  # fmt: skip
        by_code |= {criterion.code: criterion for criterion in made}


class Migration(migrations.Migration):

    dependencies = [("assets", "0013_processing")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
