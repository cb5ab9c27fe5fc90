"""The colour of a risk: against the two lines, the calendar and what the council bears."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from governance.colours.models import REGISTERS
from governance.colours.representations.definition import Line
from governance.colours.services.override import ColourError, set_colour, take_back
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from risks.figures.colour import by_rag, colours_set
from risks.models import Risk, RiskColour
from risks.models.colour import COLOURED, coloured
from risks.services import state
from tests.cast import known, play, signed_in
from tests.colours.factories import in_force
from tests.factories import PostHoldingFactory, RiskFactory, UserFactory
from tests.risks.factories import score
from tests.risks.factories_acceptance import accept
from tests.risks.refused import refused_by

pytestmark = pytest.mark.django_db


def day(days):
    return today() + timedelta(days=days)


def colour_of(risk, moment=None):
    row = coloured(moment or Moment.now()).filter(id=risk.pk).first()
    return row.colour if row else None


def scored(likelihood, impact, on=None, **facts):
    risk = RiskFactory(treatment=Risk.Treatment.TREAT, **facts)
    score(risk, likelihood, impact, on=on or today(), by=UserFactory())
    return risk


@pytest.fixture
def officer():
    return play("ig_officer", Role.IG_OFFICER)


@pytest.fixture
def siro():
    return play("siro", Role.SIRO)


class TestShippedRule:
    @pytest.fixture(autouse=True)
    def _rule(self):
        in_force("risks")

    @pytest.mark.parametrize(
        ("likelihood", "impact", "expected"), [(1, 1, "green"), (3, 4, "amber"), (5, 5, "red")]
    )
    def test_it_is_coloured_by_the_lines_of_the_matrix(self, likelihood, impact, expected):
        assert colour_of(scored(likelihood, impact)) == expected

    def test_what_is_not_scored_is_grey(self):
        assert colour_of(RiskFactory()) == "grey"

    def test_a_review_that_is_overdue_is_amber_within_appetite(self):
        assert colour_of(scored(1, 1, on=date(2019, 1, 1))) == "amber"

    def test_a_review_a_month_late_above_appetite_is_red(self):
        assert colour_of(scored(3, 4, on=date(2019, 1, 1))) == "red"

    def test_what_is_borne_above_tolerance_is_amber_until_its_day(self, siro):
        risk = scored(5, 5)
        accept(risk, siro)
        assert colour_of(risk) == "amber"
        assert colour_of(risk, Moment.of(day(121))) == "red"

    def test_what_is_not_open_any_more_has_no_colour(self):
        risk = scored(5, 5)
        state.close(risk, reason="The system is gone")
        assert colour_of(risk) is None
        assert by_rag.value(Moment.now(), Scope()) == 0


class TestConditions:
    @pytest.mark.parametrize("condition", REGISTERS["risks"].conditions, ids=lambda each: each.key)
    @pytest.mark.parametrize("on", [date(1, 1, 2), date(9999, 12, 29)])
    def test_no_condition_fails_at_the_ends_of_the_calendar(self, condition, on):
        RiskFactory()
        days = 3650 if condition.takes_days else None
        in_force("risks", Line("red", "Yes", condition.key, days), from_on=date(1, 1, 1))
        assert by_rag.value(Moment.of(on), Scope()) >= 0

    def test_no_treatment_and_a_vacant_post_can_be_asked(self):
        in_force("risks", Line("red", "Both", "treatment_undecided", None, "ownerless"))
        risk = RiskFactory(treatment="")
        assert colour_of(risk) == "red"
        PostHoldingFactory(post=risk.owner)
        assert colour_of(risk) == "green"

    def test_an_acceptance_that_is_over_can_be_asked(self, siro):
        in_force("risks", Line("red", "Over", "acceptance_over"))
        risk = scored(5, 5)
        accept(risk, siro)
        assert colour_of(risk) == "green"
        assert colour_of(risk, Moment.of(day(121))) == "red"
        score(risk, 5, 4, on=today(), by=UserFactory())
        assert colour_of(risk) == "red"


class TestPastDays:
    def test_a_past_day_keeps_the_rule_of_that_day_for_ever(self):
        risk = scored(3, 4)
        in_force("risks", Line("amber", "High", "above_appetite"))
        in_force("risks", Line("red", "High", "above_appetite"), from_on=day(1))
        assert colour_of(risk) == "amber"
        assert colour_of(risk, Moment.of(day(1))) == "red"
        assert by_rag.by(Moment.now(), Scope(), "colour") == {"amber": 1}
        assert by_rag.by(Moment.of(day(1)), Scope(), "colour") == {"red": 1}

    def test_before_the_first_rule_nothing_has_a_colour(self):
        risk = scored(3, 4)
        in_force("risks", from_on=day(1))
        assert colour_of(risk) is None


class TestSettingAColour:
    @pytest.fixture
    def risk(self):
        in_force("risks")
        return scored(5, 5)

    def set(self, risk, by, **said):
        said = {"colour": "amber", "until": day(9), "reason": "The works end next week", **said}
        return set_colour(COLOURED, risk, by=by, **said)

    def test_it_counts_until_its_day_and_can_be_taken_back(self, risk, officer):
        self.set(risk, officer)
        assert (colour_of(risk), colour_of(risk, Moment.of(day(10)))) == ("amber", "red")
        assert [entry.subject for entry in colours_set.entries(Moment.now(), Scope())] == [risk.pk]
        take_back(COLOURED, risk, reason="They do not", by=officer)
        assert colour_of(risk) == "red"
        assert colours_set.value(Moment.now(), Scope()) == 0

    def test_nobody_sets_that_of_a_risk_of_their_own(self, risk, officer):
        PostHoldingFactory(post=risk.owner, person=officer)
        own = known(officer, officer.post)
        with pytest.raises(ColourError, match="an entry of their own"):
            self.set(risk, own)
        with refused_by("colour_is_set_by_another_than_who_owns_it"):
            RiskColour.objects.create(
                risk=risk, colour="green", until=day(1), reason="x", recorded_by=own, recorded_as="y"
            )

    def test_the_database_wants_an_end_and_a_reason(self, risk, officer):
        said = {"risk": risk, "recorded_by": officer, "recorded_as": "A post", "colour": "green"}
        with refused_by("risks_set_colour_has_an_end_and_taking_it_back_none"):
            RiskColour.objects.create(**said, reason="x")
        with refused_by("risks_set_colour_gives_a_reason"):
            RiskColour.objects.create(**said, reason="", until=day(1))
        with refused_by("colour_is_set_for_no_longer_than_the_rule_says"):
            RiskColour.objects.create(**said, reason="x", until=day(300))

    def test_who_may_not_open_a_risk_sees_none_of_the_colours_set_on_it(self, cast):
        in_force("risks")
        self.set(cast["owner"].risk, cast["ig_officer"])
        sees = {who for who, person in cast.items() if RiskColour.objects.visible_to(person).exists()}
        assert {"owner", "siro", "internal_auditor"} <= sees
        assert not sees & {"other_owner", "outsider", "administrator"}


class TestPages:
    @pytest.fixture
    def risk(self):
        in_force("risks")
        return scored(5, 5)

    def page(self, who, address):
        return " ".join(signed_in(who).get(address).content.decode().split())

    def test_the_page_of_a_risk_says_word_meaning_and_who_set_another(self, risk, officer):
        page = self.page(officer, risk.get_absolute_url())
        assert "Above what is tolerated" in page
        typed = {"colour": "amber", "until": day(9).isoformat(), "reason": "The works end next week"}
        typed["seen"] = "0"
        signed_in(officer).post(reverse("risks:set_colour", args=[risk.reference]), typed)
        page = self.page(officer, risk.get_absolute_url())
        assert '<span class="app-status__word">Amber</span>' in page
        assert "(computed: red; set by Ig officer until" in page

    def test_the_register_shows_and_finds_by_colour_and_leaves_as_a_file(self, risk, officer):
        low = scored(1, 1)
        page = self.page(officer, "/risks/?colour=red")
        assert f"/risks/{risk.reference}/" in page
        assert f"/risks/{low.reference}/" not in page
        file = signed_in(officer).get("/exchange/risks/file.csv?colour=red")
        told = b"".join(file.streaming_content if file.streaming else [file.content]).decode()
        assert risk.reference in told
        assert low.reference not in told

    def test_a_closed_risk_has_no_such_door(self, risk, officer):
        state.close(risk, reason="The system is gone")
        assert signed_in(officer).get(reverse("risks:set_colour", args=[risk.reference])).status_code == 403

    def test_a_colour_in_the_figure_opens_its_risks(self, risk, siro):
        low = scored(1, 1)
        page = self.page(siro, by_rag.address(Moment.now(), Scope(), colour="red"))
        assert risk.reference in page
        assert low.reference not in page
