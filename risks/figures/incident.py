"""The figures of incidents. Only those who need to know of every incident may open them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from assets.figures.register import ONE_CLOCK
from governance.figures.figure import Column, Figure, Shape, figure
from governance.figures.moment import Moment, Scope
from risks.models import OPEN_CLOCKS, Clock, Incident

INCIDENTS = Shape(
    subject="id",
    reference="reference",
    evidence_kind="risks.historicalincident",
    evidence="history_id",
    page="risks:incident",
    permission="risks.count_incidents",
    noun="incident",
    columns=(
        Column("Title", "title"),
        Column("Service", "unit_name"),
        Column("Category", "category_name"),
        Column("Severity", "severity_name"),
        Column("Aware on", "aware_at__date", "date"),
        Column("Clock", "clock", "status"),
    ),
    dimensions={
        "unit": "unit__code",
        "category": "category__code",
        "severity": "severity__code",
        "month": "month",
        "clock": "clock",
        "state": "state",
        "confidentiality": "confidentiality",
        "integrity": "integrity",
        "availability": "availability",
        "near_miss": "near_miss",
        "special_category": "special_category",
    },
)
LOGGED = "Incidents on the log at the end of the date"
THE_LAW = "The clock of Article 33 of the UK GDPR: 72 hours from when the council was aware."
# What makes an incident of the log one of a part's, by the key of the part's figure.
PARTS: dict[str, Q] = {}


@figure(
    "incidents.total",
    title="Incidents",
    definition=f"{LOGGED}, near misses with them, whether reported or not. Those withdrawn as entered in "
    f"error are not. {ONE_CLOCK}",
    shape=INCIDENTS,
)
def total(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One version for each incident."""
    versions: QuerySet[Any] = Incident.history.at(moment).on_the_log().within(scope)
    return versions


def part(key: str, title: str, words: str, condition: Q, more: str = "") -> Figure[Any]:
    """Declare the figure of those on the log of which a condition is true; `words` say so."""
    PARTS[key] = condition
    definition = " ".join(f"{LOGGED} {words}. {more} {ONE_CLOCK}".split())

    @figure(key, title=title, definition=definition, shape=INCIDENTS)
    def rows(moment: Moment, scope: Scope) -> QuerySet[Any]:
        return total.rows(moment, scope).filter(condition)

    return rows


open_clocks = part(
    "incidents.open_clocks",
    "Open clocks",
    "that may have to be reported to the ICO, and of which it was neither told nor decided that it is not",
    Q(clock__in=OPEN_CLOCKS),
    THE_LAW,
)
overdue = part(
    "incidents.overdue",
    "72 hours over, nothing decided",
    "whose 72 hours were over while the ICO was neither told nor decided not to be",
    Q(clock=Clock.OVERDUE),
    THE_LAW,
)
reportable = part(
    "incidents.reportable",
    "Reportable",
    "of which the ICO was told, or was by decision to be told",
    Q(told_at__isnull=False) | Q(to_tell=True),
)
in_time = part(
    "incidents.reported_in_time",
    "Reported within 72 hours",
    "of which the ICO was told within 72 hours",
    Q(clock=Clock.IN_TIME),
    THE_LAW,
)
late = part(
    "incidents.reported_late",
    "Reported after 72 hours",
    "of which the ICO was told after the 72 hours",
    Q(clock=Clock.LATE),
    THE_LAW,
)
not_reported = part(
    "incidents.not_reported",
    "Decided not to be reported",
    "of which it was decided, with reasons, that the ICO is not told",
    Q(clock=Clock.NOT_TOLD),
)
of_confidentiality = part(
    "incidents.confidentiality",
    "Breaches of confidentiality",
    "in which somebody saw or got what was not for them; one incident may be of several types",
    Q(confidentiality=True),
)
of_integrity = part(
    "incidents.integrity",
    "Breaches of integrity",
    "in which information was changed or made wrong; one incident may be of several types",
    Q(integrity=True),
)
of_availability = part(
    "incidents.availability",
    "Breaches of availability",
    "in which information was lost or out of reach; one incident may be of several types",
    Q(availability=True),
)
type_not_recorded = part(
    "incidents.type_not_recorded",
    "Type not recorded",
    "of which nobody has said yet whether it was a breach of confidentiality, integrity or availability; "
    "where one of the three is not answered it counts here, whatever the others say",
    Q(confidentiality=None) | Q(integrity=None) | Q(availability=None),
)
special = part(
    "incidents.special_category",
    "Special category data",
    "that concern special category data",
    Q(special_category=True),
)
special_not_recorded = part(
    "incidents.special_category_not_recorded",
    "Special category data: not recorded",
    "of which nobody has said yet whether they concern special category data, those without personal data "
    "left out",
    Q(special_category=None) & (Q(contains_personal_data=True) | Q(contains_personal_data=None)),
)
near_miss_not_recorded = part(
    "incidents.near_miss_not_recorded",
    "Near miss or not: not recorded",
    "of which nobody has said yet whether it was a near miss",
    Q(near_miss=None),
)
near_misses = part("incidents.near_misses", "Near misses", "of which nothing came", Q(near_miss=True))
not_taken_up = part(
    "incidents.not_taken_up", "Not taken up yet", "that nobody had taken up", Q(state=Incident.State.REPORTED)
)
TILES = (open_clocks, overdue, in_time, late, not_reported, near_misses, not_taken_up)


def tallies(moment: Moment, scope: Scope) -> dict[str, int]:
    """The total and the tiles of the log's page, by key, grouped in one query (a test compares each)."""
    found = total.by(moment, scope, "clock", "near_miss", "state")
    of_clock: dict[str, int] = {}
    for (clock, _, _), count in found.items():
        of_clock[clock] = of_clock.get(clock, 0) + count
    return {
        total.key: sum(found.values()),
        open_clocks.key: sum(of_clock.get(clock, 0) for clock in OPEN_CLOCKS),
        overdue.key: of_clock.get(Clock.OVERDUE, 0),
        in_time.key: of_clock.get(Clock.IN_TIME, 0),
        late.key: of_clock.get(Clock.LATE, 0),
        not_reported.key: of_clock.get(Clock.NOT_TOLD, 0),
        near_misses.key: sum(count for (_, near, _), count in found.items() if near),
        not_taken_up.key: sum(
            count for (_, _, state), count in found.items() if state == Incident.State.REPORTED
        ),
    }
