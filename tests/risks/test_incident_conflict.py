"""Two who answer the questions about an incident at once: what only one answered is kept as it was said."""

import pytest

from risks.models import Incident
from tests.risks.factories_incident import IncidentFactory
from tests.risks.incident_pages import post

pytestmark = pytest.mark.django_db

ASKED = ("confidentiality", "integrity", "availability")
TYPED = {True: "true", False: "false", None: ""}


def both(officer, before, theirs, mine):
    """An incident as it was, what another saved of it, and what was posted by who had seen it before."""
    incident = IncidentFactory(**dict(zip(ASKED, before, strict=True)))
    seen = incident.standing_version()
    Incident.objects.filter(pk=incident.pk).update(**dict(zip(ASKED, theirs, strict=True)))
    given = {name: TYPED[value] for name, value in zip(ASKED, mine, strict=True)}
    given |= {"seen_version": seen, "change_reason": "We asked them"}
    return incident, given, post(officer, incident, "edit/type/", given)


def choices(conflict):
    """What the conflict page posts without anything being chosen: theirs, where only they changed."""
    return {f"choose-{each.name}": "theirs" for each in conflict.only_theirs}


@pytest.mark.parametrize("said", [True, False, None])
def test_what_only_they_answered_stays_as_they_answered_it(ig_officer, said):
    before = (not said, True, None)
    incident, given, answer = both(ig_officer, before, (said, True, None), (not said, True, False))
    assert answer.status_code == 409
    conflict = answer.context["conflict"]
    assert [each.name for each in conflict.only_theirs] == ["confidentiality"]
    assert [each.name for each in conflict.only_mine] == ["availability"]
    again = given | choices(conflict) | {"seen_version": conflict.version}
    assert post(ig_officer, incident, "edit/type/", again).status_code == 302
    incident.refresh_from_db()
    assert [getattr(incident, name) for name in ASKED] == [said, True, False]


@pytest.mark.parametrize(("chosen", "stands"), [("theirs", False), ("mine", None)])
def test_what_both_answered_is_asked_and_stands_as_chosen(ig_officer, chosen, stands):
    incident, given, answer = both(ig_officer, (True, None, None), (False, None, None), (None, None, None))
    conflict = answer.context["conflict"]
    assert [(each.name, each.yours, each.theirs) for each in conflict.differences] == [
        ("confidentiality", "Nothing", "No")
    ]
    again = given | {"choose-confidentiality": chosen, "seen_version": conflict.version}
    assert post(ig_officer, incident, "edit/type/", again).status_code == 302
    incident.refresh_from_db()
    assert incident.confidentiality is stands


def test_an_answer_that_is_posted_as_it_was_changes_nothing(ig_officer):
    incident = IncidentFactory(confidentiality=False, integrity=True)
    given = {"confidentiality": "false", "integrity": "true", "availability": ""}
    given |= {"seen_version": incident.standing_version(), "change_reason": ""}
    assert post(ig_officer, incident, "edit/type/", given).status_code == 302
    assert incident.history.count() == 1
