"""Twelve months with five hundred changes: each month's dashboard, made again later, is the same."""

from datetime import timedelta
from random import Random

import pytest

from governance.core.dates import months_before, today
from governance.dashboards.board.page import Asked, Board
from governance.dashboards.board.units import scope_of, tree_for
from governance.dashboards.board.variants import SIRO
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from risks.figures import acceptance, incident
from risks.figures.scores import to_be_scored_again
from risks.models import Assessment, Incident, Risk
from risks.representations.definition import shipped
from risks.services.assessment import assess, correct
from risks.services.matrix import adopt, begin
from tests.cast import play
from tests.dashboards.test_board import directorate
from tests.risks.factories import cell, in_force
from tests.risks.factories_acceptance import accept
from tests.risks.factories_incident import DecisionFactory, IncidentFactory, NoticeFactory
from tests.risks.passing import Passing, known

pytestmark = pytest.mark.django_db(transaction=True)
MONTHS = [30 * n for n in range(12, 0, -1)]  # days ago
CHANGES = 42  # in each month
BORNE = (acceptance.accepted, acceptance.suspended, acceptance.expired, acceptance.asked)


class Year:
    """What happens in a council, the same in every run."""

    def __init__(self, person):
        self.chance, self.person = Random(2026), person
        self.second = play("second", Role.SIRO)
        self.posts = directorate("People", services=3)[1] + directorate("Place", services=2)[1]
        self.changes = 0

    def month(self, ago):
        """So many changes of that month."""
        ways = [self.enter] * 8 + [self.judge] * 22 + [self.mend] * 3 + [self.close] * 3
        for way in [*ways, self.rename, self.rename, self.move, self.move, self.own, self.back][:CHANGES]:
            way(ago)
            self.changes += 1
        self.happen()
        self.bear()

    def happen(self):
        """An incident; of one before it the regulator is told, or it is decided not to be."""
        found = IncidentFactory(unit=self.chance.choice(self.posts).unit)
        if before := Incident.objects.exclude(pk=found.pk).order_by("-pk").first():
            self.chance.choice([NoticeFactory, DecisionFactory])(incident=before)

    def bear(self):
        """Two risks are accepted, whatever becomes of that."""
        scored = Assessment.objects.current(Moment.now()).filter(risk__state="open").order_by("pk")
        for score in self.chance.sample(list(scored.select_related("risk")), 2):
            accept(score.risk, self.second, until=today() + timedelta(days=1))

    def enter(self, ago):
        number, post = Risk.objects.count(), self.chance.choice(self.posts)
        Risk.objects.create(reference=f"IR-{number:04}", title=f"Risk {number}", owner=post, unit=post.unit)

    def judge(self, ago):
        said = {"reason": f"As found {ago} days ago", "by": self.person, **known(ago)}
        place = cell(self.chance.randint(1, 5), self.chance.randint(1, 5))
        assess(
            self.one(),
            "current",
            place,
            on=today() - timedelta(days=ago + self.chance.randint(0, 20)),
            **said,
        )

    def mend(self, ago):
        wrong = Assessment.objects.filter(corrected_by=None, void=False, risk__state="open").order_by("pk")
        place = cell(self.chance.randint(1, 5), self.chance.randint(1, 5))
        correct(self.chance.choice(wrong), cell=place, reason="Misread", by=self.person, **known(ago))

    def close(self, ago):
        Risk.objects.filter(pk=self.one().pk).update(state="closed")

    def back(self, ago):
        closed = Risk.objects.filter(state="closed").order_by("pk")
        Risk.objects.filter(pk=self.chance.choice(closed).pk).update(state="open")

    def rename(self, ago):
        Risk.objects.filter(pk=self.one().pk).update(title=f"Said otherwise {ago} days ago")

    def move(self, ago):
        Risk.objects.filter(pk=self.one().pk).update(unit=self.chance.choice(self.posts).unit)

    def own(self, ago):
        Risk.objects.filter(pk=self.one().pk).update(owner=self.chance.choice(self.posts))

    def one(self):
        return self.chance.choice(Risk.objects.filter(state="open").order_by("pk"))


def picture(person, ago, unit=""):
    """Everything that a dashboard said on a day: each number with its address, each word beside it."""
    day = today() - timedelta(days=ago)
    moment, before = Moment.of(day, day), day - timedelta(days=30)
    tree = tree_for(person, SIRO, moment)
    scope = scope_of(tree, unit, SIRO, moment)
    earlier = Moment.of(before, before)
    shown = Board(Asked(person, SIRO, tree, unit, scope, moment, earlier, months_before(day, 12)))
    return {
        "tiles": shown.risk_tiles,
        "maps": [(each.title, each.description, each.rows) for each in shown.heat_maps],
        "parts": shown.risks_by_part,
        "moved": [shown.ways, shown.moved],
        "trend": shown.trend.table if shown.trend else "from its second day",
        "assets": [shown.confirmation, shown.coverage],
        "plans": shown.plans,
        "incidents": incident.tallies(moment, scope),
        "acceptances": {each.key: each.value(moment, scope) for each in BORNE},
    }


def test_each_months_dashboard_made_again_is_the_same_and_a_new_matrix_changes_none(owner_connection):
    person = play("siro", Role.SIRO)
    in_force()
    year, time = Year(person), Passing(owner_connection)
    told = {}
    for ago in MONTHS:
        year.month(ago)
        time.days(ago)
        told[ago] = [picture(person, ago), picture(person, ago, "people")]
    assert year.changes >= 500
    assert len({str(each) for each in told.values()}) == len(MONTHS)
    last = told[MONTHS[-1]][0]
    assert last["moved"][0], "something moved"
    assert last["incidents"]["incidents.total"] == len(MONTHS)
    assert last["incidents"]["incidents.reported_in_time"], "of some the regulator was told"
    assert 1 < last["acceptances"]["risks.accepted"] < 2 * len(MONTHS)
    assert last["acceptances"]["risks.acceptance_suspended"], "some changed after they were accepted"
    for ago in MONTHS:
        assert [picture(person, ago), picture(person, ago, "people")] == told[ago], ago

    adopt(begin(shipped()["four_by_four"]), from_on=today(), reason="Cabinet, minute 65")
    for ago in (MONTHS[0], MONTHS[5], MONTHS[-1]):
        assert picture(person, ago) == told[ago][0], ago
    scored = Assessment.objects.current(Moment.now()).filter(risk__state="open").count()
    assert to_be_scored_again.value(Moment.now(), Scope()) == scored
    yesterday = today() - timedelta(days=1)
    assert to_be_scored_again.value(Moment.of(yesterday, yesterday), Scope()) == 0
