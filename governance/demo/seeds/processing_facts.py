"""The processing activities of Northmere, in words. All invented."""

from __future__ import annotations

from typing import Any

STAFF = "Access by role, audited; encrypted laptops; locked rooms for paper"

# Each: the assets it works with (the first lends owner and unit), its facts, its Schedule 1 paragraphs.
ACTIVITIES: tuple[tuple[tuple[str, ...], dict[str, Any], tuple[int, ...]], ...] = (
    (("IA-0001", "IA-0003", "IA-0004", "IA-0005"), {
        "title": "Social work with children and families",
        "purposes": "To assess and meet the needs of children, and to protect them from harm",
        "data_subjects": "Children, parents and carers, professionals",
        "data_categories": "Identity, family, health, education, needs and risks",
        "recipients": "Health services, police, schools, courts",
        "source": "The family, the police, schools and health services",
        "basis": "public-task", "legal_power": "Children Act 1989, section 17 and 47",
        "special_category": True, "special_condition": "substantial-public-interest",
        "criminal_offence": True, "policy_document": "Appropriate policy document 1", "follows_policy": True,
        "retention_words": "75 years from the date of birth", "security": STAFF,
        "privacy_notice": "www.northmere.example/privacy/children",
    }, (18,)),
    (("IA-0009", "IA-0010", "IA-0013"), {
        "title": "Adult social care", "purposes": "To assess and arrange care for adults",
        "data_subjects": "Adults with care needs, their carers",
        "data_categories": "Identity, health, finances, care and support",
        "recipients": "Health services, care providers", "basis": "public-task",
        "legal_power": "Care Act 2014, section 9", "special_category": True,
        "special_condition": "health-or-social-care",
        "retention_words": "8 years after the last contact", "security": STAFF,
    }, (2,)),
    (("IA-0025", "IA-0029"), {
        "title": "Council tax", "purposes": "To bill and collect council tax and to check discounts",
        "data_subjects": "Residents and owners", "data_categories": "Identity, address, household, payments",
        "recipients": "Credit reference agency, enforcement agents", "basis": "legal-obligation",
        "legal_power": "Local Government Finance Act 1992",
        "retention_words": "6 years after the account is closed", "security": STAFF,
    }, ()),
    (("IA-0050",), {
        "title": "Electoral registration", "purposes": "To keep the register of electors",
        "data_subjects": "Electors", "data_categories": "Identity, address, nationality, date of birth",
        "recipients": "Political parties, credit reference agencies, the British Library",
        "basis": "legal-obligation", "legal_power": "Representation of the People Act 1983",
        "retention_words": "Current register and the 15 before it", "security": STAFF,
    }, ()),
    (("IA-0055", "IA-0057"), {
        "title": "Employment of staff", "purposes": "To employ, train and pay staff",
        "data_subjects": "Employees, applicants", "data_categories": "Identity, bank, sickness, appraisal",
        "recipients": "Revenue and Customs, the pension fund", "basis": "contract", "special_category": True,
        "special_condition": "employment", "policy_document": "Appropriate policy document 2",
        "retention_words": "6 years after employment ends", "security": STAFF, "transfers_abroad": True,
    }, (1,)),
    (("IA-0058",), {
        "title": "Planning applications", "purposes": "To decide applications and to publish them",
        "data_subjects": "Applicants, objectors", "data_categories": "Identity, address, views",
        "recipients": "The public, consultees", "basis": "public-task",
        "legal_power": "Town and Country Planning Act 1990", "retention_words": "Permanent",
        "security": "Signatures and telephone numbers are removed before publication",
    }, ()),
    (("IA-0019",), {
        "title": "Library membership", "purposes": "To lend books", "data_subjects": "Members",
        "data_categories": "Identity, address, loans", "recipients": "None outside the council",
        "basis": "consent", "consent_record": "The form each member signs",
        "retention_words": "2 years after the last loan", "security": STAFF,
    }, ()),
    (("IA-0031",), {
        "title": "Investigation and prosecution of benefit fraud", "law_enforcement": True,
        "purposes": "To prevent, investigate and prosecute fraud", "data_subjects": "Suspects, witnesses",
        "data_categories": "Identity, finances, statements, offences", "recipients": "Police, courts",
        "criminal_offence": True, "legal_power": "Local Government Act 1972, section 222",
        "retention_words": "6 years after the case is closed", "security": STAFF,
    }, ()),
    (("IA-0056",), {
        "title": "Payroll for academies", "capacity": "processor", "security": STAFF,
        "purposes": "To run the payroll of schools that have left the council",
    }, ()),
)  # fmt: skip
CCTV: dict[str, Any] = {
    "title": "Town centre cameras", "purposes": "To prevent crime and to find missing people",
    "data_subjects": "Anybody in the town centre", "data_categories": "Pictures of people and vehicles",
    "recipients": "Police", "basis": "public-task",
    "legal_power": "Criminal Justice and Public Order Act 1994, section 163",
    "retention_words": "30 days after recording", "policy_document": "Appropriate policy document 3",
    "security": "A locked control room; every copy is signed for",
}  # fmt: skip
# By the title of an activity: the criteria that apply.
SCREENED = {
    "Town centre cameras": ("public-monitoring", "tracking"),
    "Social work with children and families": ("large-scale-sensitive", "eu-vulnerable"),
    "Council tax": ("data-matching",),
    "Library membership": (),
}
# By the title of an activity: steps 1 to 4, and its risks with their measures.
DPIAS: dict[str, tuple[dict[str, str], list[dict[str, str]]]] = {
    "Town centre cameras": ({
        "need": "A public area is watched systematically",
        "nature": "40 cameras record; an operator watches 12 hours a day",
        "scope": "About 20,000 people a day",
        "context": "Signs at every entrance; the public expects cameras, not face recognition",
        "consultation": "The retailers' association and a panel of residents",
        "necessity": "Lighting alone did not lower the number of assaults; no sound is recorded",
    }, [
        {"description": "Operators follow people without cause", "likelihood": "possible",
         "severity": "significant", "overall": "medium", "measure": "Every search is logged, a sample read",
         "effect": "reduced", "residual": "low"},
        {"description": "Pictures leave the control room", "likelihood": "possible", "severity": "severe",
         "overall": "high", "measure": "Copies for the police alone, encrypted", "effect": "reduced",
         "residual": "medium"},
    ]),
    "Social work with children and families": ({
        "need": "Special category data of many children",
        "nature": "Case files are kept in one system and shared with partners",
        "scope": "", "context": "", "consultation": "", "necessity": "",
    }, [
        {"description": "A file is opened by somebody who knows the family", "likelihood": "possible",
         "severity": "severe", "overall": "high", "measure": "", "effect": "", "residual": ""},
    ]),
}  # fmt: skip
