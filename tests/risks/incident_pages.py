"""What is typed on the pages of incidents, for tests."""

from risks.services.incident_seen import seen_of
from tests.cast import signed_in
from tests.factories import UnitFactory
from tests.risks.factories_incident import AWARE, HOUR, recipient

REPORT = "/risks/incidents/report/"


def parts(name, day, month, year, time):
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year, f"{name}_time": time}


def first_report(**said):
    unit = UnitFactory()
    found = {"what_happened": "A letter went to the wrong house", "unit": unit.pk, "containment": ""}
    return found | parts("discovered_at", 25, 3, 2016, "16:30") | {"contains_personal_data": "true"} | said


def page_of(incident, step=""):
    return f"{incident.get_absolute_url()}{step}"


def post(person, incident, step, given):
    """The answer to a step that is posted as its page shows it now."""
    given = {"seen": seen_of(incident)} | given
    return signed_in(person).post(page_of(incident, step), given)


def decision(tells, **said):
    return {
        "recipient": recipient().pk,
        "tells": tells,
        "reason": "A risk is unlikely",
        "without": "on",
    } | said


def told(at=AWARE + HOUR, **said):
    typed = parts("at", at.day, at.month, at.year, f"{at:%H:%M}")
    return {"recipient": recipient().pk, "kind": "told", "words": "By the form"} | typed | said


def step(to, **said):
    return {"to": to, "reason": "It is time", "owner": ""} | said
