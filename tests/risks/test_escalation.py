"""A risk that crosses appetite, or whose review is too late, is escalated by itself, and ends by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.core.dates import long_date, today
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from governance.people.waiting import all_waiting
from risks.figures import escalation as figures
from risks.figures.scores import overdue_review as overdue
from risks.models import Risk
from risks.models.escalation import Why
from risks.services.acceptance import end
from risks.services.assessment import correct
from risks.services.rules import begin
from risks.services.state import close
from tests.cast import known, play, signed_in
from tests.factories import RiskFactory, UnitFactory
from tests.risks.factories import cell, in_force, score
from tests.risks.factories_acceptance import accept
from tests.risks.factories_rules import rules_in_force
from tests.risks.passing import Passing
from tests.risks.passing import known as passed

pytestmark = pytest.mark.django_db
LATELY = today() - timedelta(days=10)


def days_ago(days):
    return today() - timedelta(days=days)


@pytest.fixture
def risk():
    in_force()
    return RiskFactory()


def found(risk, moment=None):
    moment = moment or Moment.now()
    return Risk.history.at(moment).with_levels(moment).with_escalation(moment).get(id=risk.pk)


def why(risk):
    return found(risk).escalated_for


def counted(moment=None):
    moment = moment or Moment.now()
    return [figure.value(moment, Scope()) for figure in figures.FIGURES[:3]]


class TestCrossingAppetite:
    def test_a_score_above_appetite_escalates_without_anybody_doing_anything(self, risk):
        assert (why(risk), counted()) == (Why.NOT, [0, 0, 0])
        score(risk, 3, 3, on=LATELY)
        assert why(risk) == Why.NOT
        score(risk, 4, 4, on=LATELY)
        assert (why(risk), counted()) == (Why.APPETITE, [1, 1, 0])

    def test_since_the_day_on_which_it_crossed_and_not_since_the_last_score(self, risk):
        for likelihood, ago in ((4, 60), (2, 50), (4, 40), (5, 20)):
            score(risk, likelihood, 4 if likelihood > 2 else 2, on=days_ago(ago))
        assert found(risk).crossed_on == days_ago(40)

    def test_a_lower_score_ends_it(self, risk):
        score(risk, 4, 4, on=LATELY)
        score(risk, 2, 2, on=today())
        assert (why(risk), counted()) == (Why.NOT, [0, 0, 0])

    def test_so_does_the_finding_that_the_score_never_was(self, risk, ig_officer):
        made = score(risk, 4, 4, on=LATELY)
        correct(made, cell=cell(2, 2), reason="Mixed up with another", by=ig_officer)
        assert why(risk) == Why.NOT

    def test_so_does_closing(self, risk):
        score(risk, 4, 4, on=LATELY)
        close(risk, reason="Cannot happen any more")
        assert (why(risk), counted()) == (Why.NOT, [0, 0, 0])

    def test_so_does_an_acceptance_until_it_is_taken_back(self, risk, siro, ig_officer):
        score(risk, 4, 4, on=LATELY, by=ig_officer)
        made = accept(risk, siro)
        assert (why(risk), counted()) == (Why.NOT, [0, 0, 0])
        end(made, reason="The money came", by=siro)
        assert (why(risk), counted()) == (Why.APPETITE, [1, 1, 0])

    def test_or_until_a_new_score_suspends_it(self, risk, siro, ig_officer):
        score(risk, 4, 4, on=LATELY, by=ig_officer)
        accept(risk, siro)
        score(risk, 5, 5, on=today())
        assert why(risk) == Why.APPETITE

    def test_a_past_day_is_told_what_stood_then(self, owner_connection, risk, siro, ig_officer):
        time = Passing(owner_connection)
        time.since -= timedelta(minutes=5)  # the risk was entered just before
        score(risk, 4, 4, on=days_ago(40), by=ig_officer, **passed(40))
        time.days(50)
        made = accept(risk, siro)
        time.days(30)
        end(made, reason="The money came", by=siro)
        time.days(10)
        by_day = {ago: counted(Moment.of(days_ago(ago))) for ago in (45, 35, 20, 5, 0)}
        assert by_day == {45: [0] * 3, 35: [1, 1, 0], 20: [0] * 3, 5: [1, 1, 0], 0: [1, 1, 0]}


class TestOverdueReviews:
    """A high risk of the matrix in force is reviewed every 3 months, a low one every 12."""

    def test_a_review_that_is_late_for_longer_than_the_rules_say_escalates(self, risk):
        rules_in_force(days_within=5, days_above=5, days_beyond=5)
        score(risk, 1, 1, on=today() - timedelta(days=360))
        assert why(risk) == Why.NOT
        other = RiskFactory()
        score(other, 1, 1, on=today() - timedelta(days=372))
        assert (why(other), counted()) == (Why.OVERDUE, [1, 0, 1])

    def test_to_the_day(self, risk):
        score(risk, 1, 1, on=today() - timedelta(days=372))
        late = (today() - found(risk).next_review_on).days
        rules_in_force(days_within=late, days_above=0, days_beyond=0)
        assert (why(risk), found(risk).overdue_on) == (Why.NOT, today() + timedelta(days=1))
        assert counted() == [0, 0, 0]

    def test_and_from_the_next_day_on(self, risk):
        score(risk, 1, 1, on=today() - timedelta(days=372))
        late = (today() - found(risk).next_review_on).days
        rules_in_force(days_within=late - 1, days_above=0, days_beyond=0)
        assert (why(risk), found(risk).overdue_on) == (Why.OVERDUE, today())
        assert counted() == [1, 0, 1]

    @pytest.mark.parametrize(
        ("band", "place"), [("days_within", (1, 1)), ("days_above", (3, 4)), ("days_beyond", (5, 5))]
    )
    def test_how_long_depends_on_where_the_risk_lies(self, risk, band, place):
        score(risk, *place, on=today() - timedelta(days=500))
        patient = {"days_within": 366, "days_above": 366, "days_beyond": 366}
        stricter = ("days_within", "days_above", "days_beyond")
        rules_in_force(**patient | dict.fromkeys(stricter[stricter.index(band) :], 0))
        assert counted()[2] == 1

    def test_without_rules_no_review_escalates(self, risk):
        score(risk, 1, 1)
        assert (found(risk).is_overdue, why(risk), counted()) == (True, Why.NOT, [0, 0, 0])

    def test_nor_where_the_rules_ask_for_none(self, risk):
        rules_in_force(days_within=None, days_above=None, days_beyond=None)
        score(risk, 1, 1)
        assert (why(risk), counted()) == (Why.NOT, [0, 0, 0])

    def test_an_acceptance_does_not_stand_for_a_review(self, risk, siro, ig_officer):
        rules_in_force(days_within=1, days_above=1, days_beyond=1)
        score(risk, 4, 4, by=ig_officer)
        assert (why(risk), counted()) == (Why.BOTH, [1, 1, 1])
        accept(risk, siro)
        assert (why(risk), counted()) == (Why.OVERDUE, [1, 0, 1])

    def test_a_day_before_the_rules_is_told_of_none(self, owner_connection, risk):
        time = Passing(owner_connection)
        time.since -= timedelta(minutes=5)
        score(risk, 1, 1, on=days_ago(800), **passed(800))
        time.days(30)
        rules_in_force(days_within=1, days_above=1, days_beyond=1)
        assert counted() == [1, 0, 1]
        yesterday = Moment.of(days_ago(1))
        assert counted(yesterday) == [0, 0, 0]
        assert overdue.value(yesterday, Scope()) == 1  # it was there, and late, with no rule that asked


class TestFigures:
    def test_by_reason_and_by_unit_they_add_up(self, risk):
        rules_in_force(days_within=1, days_above=1, days_beyond=1)
        late, both = RiskFactory(), RiskFactory()
        score(risk, 4, 4, on=LATELY)
        score(late, 1, 1)
        score(both, 5, 5)
        moment = Moment.now()
        assert figures.escalated.by(moment, Scope(), "reason") == {
            Why.APPETITE: 1, Why.OVERDUE: 1, Why.BOTH: 1
        }  # fmt: skip
        by_unit = figures.escalated.by(moment, Scope(), "unit")
        assert by_unit == {each.unit.code: 1 for each in (risk, late, both)}
        assert figures.escalated.value(moment, Scope(units=(risk.unit.code,))) == 1

    def test_the_figure_says_of_each_risk_what_its_page_says(self, risk):
        rules_in_force()
        risks = [risk, *RiskFactory.create_batch(3)]
        for each, place in zip(risks, [(4, 4), (1, 1), (5, 5), (2, 2)], strict=True):
            score(each, *place, on=days_ago(500) if place != (2, 2) else today())
        moment = Moment.now()
        counted = {row.id: row.escalated_for for row in figures.escalated.rows(moment, Scope())}
        assert counted == {each.pk: why(each) for each in risks if why(each)}

    def test_a_risk_on_a_lower_register_than_its_level_belongs_on_is_counted(self, risk):
        score(risk, 5, 5, on=LATELY)  # very high: belongs on the register of the SIRO
        below = figures.below_register
        assert below.value(Moment.now(), Scope()) == 1
        for level, number in (("corporate", 1), ("siro", 0)):
            Risk.objects.filter(pk=risk.pk).update(register_level=level)
            assert below.value(Moment.now(), Scope()) == number
        score(risk, 1, 1, on=today())
        assert below.value(Moment.now(), Scope()) == 0  # higher than it has to be is no fault


class TestWhoIsTold:
    def waits(self, person):
        person = known(person, person.post)
        return {each.kind: each for each in all_waiting(person)}.get("escalated")

    def test_what_crosses_appetite_waits_for_the_siro_and_for_nobody_else(self, risk, siro, ig_officer):
        score(risk, 4, 4, on=LATELY)
        assert self.waits(siro).words == "1 risk escalated"
        assert self.waits(siro).references == (risk.reference,)
        assert self.waits(ig_officer) is None
        assert "1 risk escalated" in signed_in(siro).get("/").content.decode()

    def test_late_reviews_wait_for_whom_the_rules_name(self, risk, siro, ig_officer):
        rules_in_force(days_within=1, days_above=1, days_beyond=1, overdue_to=Role.IG_OFFICER)
        score(risk, 1, 1)
        assert self.waits(siro) is None
        assert self.waits(ig_officer).references == (risk.reference,)

    def test_a_role_that_nobody_holds_leaves_late_reviews_to_the_siro_as_well(self, risk, siro):
        imsg_member = play("member", Role.IMSG_MEMBER)
        rules_in_force(days_within=1, days_above=1, days_beyond=1, overdue_to=Role.IMSG_MEMBER)
        score(risk, 1, 1)
        assert self.waits(siro) is None
        assert self.waits(imsg_member).references == (risk.reference,)
        imsg_member.holdings.update(until_on=days_ago(1))
        assert self.waits(siro).references == (risk.reference,)
        assert self.waits(imsg_member) is None

    def test_a_role_held_for_a_unit_is_told_of_what_lies_in_it(self, siro):
        above = UnitFactory()
        here = RiskFactory(unit=UnitFactory(parent=UnitFactory(parent=above)))
        elsewhere = RiskFactory()
        rules_in_force(days_within=1, days_above=1, days_beyond=1, overdue_to=Role.IMSG_MEMBER)
        for each in (here, elsewhere):
            score(each, 1, 1)
        member = play("member", Role.IMSG_MEMBER, above)
        assert self.waits(member).references == (here.reference,)
        assert self.waits(siro).references == (elsewhere.reference,)

    def test_who_puts_the_rules_in_force_reads_how_many_would_be_told(self, siro):
        imsg_member = play("member", Role.IMSG_MEMBER)
        address = reverse("risks:adopt_rules", args=[begin(overdue_to=Role.IMSG_MEMBER).number])
        assert "1 person in office is one today" in signed_in(siro).get(address).content.decode()
        imsg_member.holdings.update(until_on=days_ago(1))
        told = signed_in(siro).get(address).content.decode()
        assert "Nobody in office is one today, so the senior information risk owner is told" in told

    def test_what_is_over_waits_no_more(self, risk, siro):
        score(risk, 4, 4, on=LATELY)
        score(risk, 1, 1, on=today())
        assert self.waits(siro) is None


class TestPages:
    def test_no_day_is_called_that_of_the_escalation_while_somebody_bore_it(self, risk, siro, ig_officer):
        score(risk, 4, 4, by=ig_officer)
        made = accept(risk, siro)
        end(made, reason="The money came", by=siro)
        address = figures.escalated.address(Moment.now(), Scope())
        page = signed_in(siro).get(address).content.decode()
        assert "Escalated since" not in page
        assert "Above appetite since" in page
        assert "15 January 2020" in page

    def test_the_risk_says_why_and_since_when(self, risk, ig_officer):
        rules_in_force(days_within=1, days_above=1, days_beyond=1)
        score(risk, 5, 5)
        page = " ".join(signed_in(ig_officer).get(risk.get_absolute_url()).content.decode().split())
        assert "Escalated to the senior information risk owner: above appetite since 15 January 2020" in page
        assert "its review was due on 15 February 2020" in page
        assert "belongs on the register of SIRO; it stands on that of Service" in page

    def test_the_register_says_it_and_finds_it(self, risk, ig_officer):
        quiet = RiskFactory()
        score(risk, 5, 5, on=LATELY)
        browser = signed_in(ig_officer)
        page = browser.get("/risks/").content.decode()
        assert page.count("Above appetite<br>") == 1
        assert f"above appetite since {long_date(LATELY)}" in page
        found = browser.get("/risks/?stands=escalated").content.decode()
        assert risk.reference in found
        assert quiet.reference not in found
        assert "Above appetite" in browser.get("/risks/?sort=-escalated_for").content.decode()
