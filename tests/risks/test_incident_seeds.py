"""What Northmere shows of its incidents."""

import pytest

from governance.figures.moment import Moment, Scope
from risks.figures import incident as figures
from risks.models import Incident

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]


def test_northmere_shows_each_way_that_an_incident_can_go():
    found = Incident.history.at(Moment.now()).order_by("aware_at").values_list("clock", flat=True)
    assert list(found) == [
        "told_in_time", "told_late", "not_to_tell", "no_clock", "no_clock", "clock_running"
    ]  # fmt: skip
    late = Incident.objects.get(incidentnotices__late_reason__gt="")
    assert "Friday" in late.incidentnotices.get().late_reason
    assert figures.near_misses.value(Moment.now(), Scope()) == 1
    assert Incident.objects.exclude(state="closed").count() == 1


def test_nobody_of_northmere_decided_alone_that_their_own_report_stays_untold():
    for incident in Incident.objects.filter(incidentdecisions__tells=False):
        for decision in incident.incidentdecisions.filter(tells=False):
            assert decision.recorded_by_id != incident.reported_by_id
