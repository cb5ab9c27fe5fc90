"""That nobody is told needs a second person: also where it is done by a tick, a later time or a way round."""

from datetime import timedelta

import pytest

from governance.history.trail import signed
from risks.models import Incident
from risks.services.incident import IncidentError, move
from tests.cast import signed_in
from tests.factories import PostFactory
from tests.risks.factories_incident import (
    AWARE,
    HOUR,
    DecisionFactory,
    IncidentFactory,
    IncidentPostFactory,
    NoticeFactory,
)
from tests.risks.incident_pages import page_of, parts, post, step
from tests.risks.refused import refused_by

pytestmark = pytest.mark.django_db
SAME = parts("discovered_at", 25, 3, 2016, "16:30")
LATER = SAME | parts("aware_at", 26, 3, 2016, "16:30")
# What stops the clock or has it end later: the section, the field, what is typed, what is written.
EASED = [
    ("what", "near_miss", {"near_miss": "true"}, {"near_miss": True}),
    (
        "people",
        "contains_personal_data",
        {"contains_personal_data": "false"},
        {"contains_personal_data": False},
    ),
    ("times", "aware_at", LATER, {"aware_at": AWARE + 24 * HOUR}),
]


def typed(incident, given):
    """A section as its page posts it."""
    said = {"title": incident.title, "what_happened": incident.what_happened, "unit": incident.unit_id}
    seen = {"seen_version": incident.standing_version(), "change_reason": "It was not so bad"}
    return said | given | seen


def as_involved(person):
    return IncidentPostFactory(post=person.post, involved=True).incident


def as_reporter(person):
    return IncidentFactory(reported_by=person)


def as_handler(person):
    return IncidentFactory(owner=person.post)


@pytest.mark.parametrize(("section", "field", "given", "written"), EASED)
@pytest.mark.parametrize(
    ("who", "part"), [("ig_officer", as_reporter), ("ig_officer", as_involved), ("outsider", as_handler)]
)
def test_who_may_not_decide_that_nobody_is_told_does_not_stop_the_clock_by_a_section(
    cast, who, part, section, field, given, written
):
    incident = part(cast[who])
    answer = post(cast[who], incident, f"edit/{section}/", typed(incident, given))
    assert "That stops the 72 hours" in answer.context["form"].errors[field][0]
    (name,) = written
    assert getattr(Incident.objects.get(pk=incident.pk), name) == getattr(incident, name)


@pytest.mark.parametrize(("section", "field", "given", "written"), EASED)
def test_an_officer_who_neither_reported_it_nor_was_part_of_it_does(
    ig_officer, section, field, given, written
):
    incident = IncidentFactory()
    assert post(ig_officer, incident, f"edit/{section}/", typed(incident, given)).status_code == 302
    assert Incident.objects.filter(pk=incident.pk, **written).exists()


def test_what_tightens_the_clock_takes_nobody_else(ig_officer):
    incident = IncidentFactory(
        reported_by=ig_officer, near_miss=True, contains_personal_data=False, aware_at=AWARE + 9 * HOUR,
        discovered_at=AWARE,
    )  # fmt: skip
    for section, given in (
        ("what", {"near_miss": "false"}),
        ("people", {"contains_personal_data": "true"}),
        ("times", SAME | parts("aware_at", 25, 3, 2016, "16:30")),
    ):
        assert post(ig_officer, incident, f"edit/{section}/", typed(incident, given)).status_code == 302
    incident.refresh_from_db()
    assert (incident.near_miss, incident.contains_personal_data, incident.aware_at) == (False, True, AWARE)


@pytest.mark.parametrize("part", [as_reporter, as_involved])
def test_nobody_withdraws_alone_what_they_reported_or_were_part_of(ig_officer, part):
    incident = part(ig_officer)
    answer = post(ig_officer, incident, "step/", step("withdrawn"))
    assert "That stops the 72 hours" in answer.context["form"].errors["to"][0]
    with pytest.raises(IncidentError, match="stops the 72 hours"):
        move(incident, "withdrawn", by=ig_officer, reason="An error")


@pytest.mark.parametrize(
    "written", [*(row[3] for row in EASED), {"state": "withdrawn"}], ids=lambda written: next(iter(written))
)
@pytest.mark.parametrize(
    ("part", "constraint"),
    [
        (as_reporter, "incident_is_left_untold_by_another_than_reported_it"),
        (as_involved, "incident_is_decided_by_another_than_was_involved"),
    ],
)
def test_the_database_keeps_it_whichever_door_they_come_by(ig_officer, siro, part, constraint, written):
    incident = part(ig_officer)
    rows = Incident.objects.filter(pk=incident.pk)
    with refused_by(constraint), signed(ig_officer):
        rows.update(**written)
    with signed(siro):
        assert rows.update(**written) == 1


def test_the_database_keeps_decisions_from_the_reporter_and_from_who_was_involved(ig_officer, siro):
    incident = IncidentPostFactory(post=siro.post, involved=True, incident__reported_by=ig_officer).incident
    for by, tells, constraint in (
        (ig_officer, False, "incident_is_left_untold_by_another_than_reported_it"),
        (siro, True, "incident_is_decided_by_another_than_was_involved"),
    ):
        with refused_by(constraint):
            DecisionFactory(incident=incident, recorded_by=by, tells=tells)
    assert DecisionFactory(incident=incident, recorded_by=ig_officer, tells=True).pk


# Who was involved stays so until another says otherwise


@pytest.mark.parametrize("who", ["ig_officer", "siro"])
def test_who_was_involved_does_not_take_that_off(cast, who):
    incident = as_involved(cast[who])
    (link,) = incident.post_links.all()
    assert post(cast[who], incident, f"posts/{link.pk}/off/", {}).status_code == 403
    page = signed_in(cast[who]).get(page_of(incident)).content.decode()
    assert f"posts/{link.pk}/off/" not in page
    assert incident.post_links.filter(involved=True).exists()


def test_another_puts_right_that_a_post_was_involved(ig_officer, siro):
    incident = as_involved(siro)
    (link,) = incident.post_links.all()
    assert post(ig_officer, incident, f"posts/{link.pk}/off/", {}).status_code == 302
    assert siro.has_perm("risks.decide_not_to_tell", incident)


def test_the_database_does_not_let_who_was_involved_take_it_off(siro):
    rows = as_involved(siro).post_links.all()
    other = PostFactory()
    changes = [{"involved": False}, {"post": other}]
    for write in (rows.delete, *(lambda change=change: rows.update(**change) for change in changes)):
        with refused_by("incident_is_decided_by_another_than_was_involved"), signed(siro):
            write()
    with signed(siro):
        assert rows.update(why="Answers for the service") == 1


def test_an_incident_is_not_noticed_after_somebody_was_told(ig_officer):
    incident = NoticeFactory().incident
    given = parts("discovered_at", 25, 3, 2016, "18:00") | parts("aware_at", 25, 3, 2016, "18:00")
    answer = post(ig_officer, incident, "edit/times/", typed(incident, given))
    (sentence,) = answer.context["form"].errors["discovered_at"]
    assert sentence == "Somebody was told of it before, on 25 March 2016 at 17:30"
    moved = {"discovered_at": AWARE + 2 * HOUR, "aware_at": AWARE + timedelta(days=1)}
    with refused_by("incident_is_noticed_before_anybody_is_told"):
        Incident.objects.filter(pk=incident.pk).update(**moved)
