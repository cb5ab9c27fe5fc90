"""When an agreement warns and lapses, when a publication is late: a table of days."""

from datetime import date

import pytest

from assets.models import Agreement, Frequency, Obligation, Publication, SharingPeriods
from governance.figures.moment import Moment
from tests.assets.factories_sharing import (
    AgreementFactory,
    ContractFactory,
    ObligationFactory,
    PartnerFactory,
    PublicationFactory,
)

pytestmark = pytest.mark.django_db


def standing(entry, day):
    return type(entry).history.at(Moment.of(day)).get(id=entry.pk).standing


@pytest.mark.parametrize(
    ("review", "day", "expected"),
    [
        (date(2040, 4, 30), date(2040, 1, 29), "in_force"),
        (date(2040, 4, 30), date(2040, 1, 30), "review_due"),
        (date(2040, 4, 30), date(2040, 4, 30), "review_due"),
        (date(2040, 4, 30), date(2040, 7, 30), "review_due"),
        (date(2040, 4, 30), date(2040, 7, 31), "lapsed"),
        # Three months before the end of May is the end of February, in leap years the 29th.
        (date(2040, 5, 31), date(2040, 2, 28), "in_force"),
        (date(2040, 5, 31), date(2040, 2, 29), "review_due"),
        (date(2041, 5, 31), date(2041, 2, 27), "in_force"),
        (date(2041, 5, 31), date(2041, 2, 28), "review_due"),
        # Three months after the end of November likewise.
        (date(2040, 11, 30), date(2041, 2, 28), "review_due"),
        (date(2040, 11, 30), date(2041, 3, 1), "lapsed"),
        (date(2040, 12, 31), date(2041, 3, 31), "review_due"),
        (date(2040, 12, 31), date(2041, 4, 1), "lapsed"),
    ],
)
def test_an_agreement_warns_three_months_before_its_review_and_lapses_three_months_after(
    review, day, expected
):
    assert standing(AgreementFactory(review_on=review), day) == expected


def test_the_periods_are_the_councils_own():
    agreement = AgreementFactory(review_on=date(2040, 6, 30))
    SharingPeriods.objects.update(warn_months=1, lapse_months=0)

    assert standing(agreement, date(2040, 5, 29)) == "in_force"
    assert standing(agreement, date(2040, 5, 30)) == "review_due"
    assert standing(agreement, date(2040, 7, 1)) == "lapsed"


@pytest.mark.parametrize(
    ("fields", "day", "expected"),
    [
        ({"state": "draft"}, date(2039, 1, 1), "draft"),
        ({"from_on": date(2039, 2, 1)}, date(2039, 1, 31), "to_begin"),
        ({"from_on": date(2039, 2, 1)}, date(2039, 2, 1), "in_force"),
        ({"until_on": date(2039, 2, 1)}, date(2039, 2, 1), "in_force"),
        ({"until_on": date(2039, 2, 1)}, date(2039, 2, 2), "lapsed"),
        (
            {"state": "ended", "until_on": date(2039, 2, 1), "ended_reason": "The project is over"},
            date(2039, 1, 1),
            "ended",
        ),
    ],
)
def test_an_agreement_stands_as_its_dates_say(fields, day, expected):
    assert standing(AgreementFactory(**fields), day) == expected


def test_an_agreement_whose_review_is_due_still_allows_sharing_and_a_lapsed_one_does_not():
    due = AgreementFactory(review_on=date(2040, 4, 30))
    AgreementFactory(review_on=date(2039, 4, 30))
    found = Agreement.history.at(Moment.of(date(2040, 3, 1))).valid()
    assert [version.id for version in found] == [due.pk]


@pytest.mark.parametrize(
    ("fields", "day", "expected"),
    [
        ({"from_on": date(2039, 1, 1)}, date(2038, 12, 31), "to_begin"),
        ({"until_on": date(2039, 1, 1)}, date(2039, 1, 1), "in_force"),
        ({"until_on": date(2039, 1, 1)}, date(2039, 1, 2), "ended"),
        ({"review_on": date(2039, 1, 1)}, date(2038, 12, 31), "in_force"),
        ({"review_on": date(2039, 1, 1)}, date(2039, 1, 1), "review_due"),
    ],
)
def test_a_contract_stands_as_its_dates_say(fields, day, expected):
    assert standing(ContractFactory(**fields), day) == expected


def test_a_partner_is_called_on_each_day_what_it_was_called_then():
    trust = PartnerFactory(name="Northmere Primary Care Trust")
    trust.rename("Northmere Clinical Commissioning Group", on=date(2013, 4, 1))
    trust.rename("Northmere Integrated Care Board", on=date(2022, 7, 1))
    agreement = AgreementFactory(lead=trust)

    def called(day):
        return type(trust).objects.named(day).get(pk=trust.pk).name_then

    assert called(date(2013, 3, 31)) == "Northmere Primary Care Trust"
    assert called(date(2013, 4, 1)) == "Northmere Clinical Commissioning Group"
    assert called(date(2022, 6, 30)) == "Northmere Clinical Commissioning Group"
    assert called(date(2022, 7, 1)) == trust.name == "Northmere Integrated Care Board"
    led = Agreement.history.at(Moment.of(date(2040, 1, 1))).get(id=agreement.pk)
    assert led.lead_name == "Northmere Integrated Care Board"


# Obligations


def obliged(obligation, day):
    return Obligation.history.at(Moment.of(day)).get(id=obligation.pk)


@pytest.mark.parametrize(
    ("covers", "day", "expected"),
    [
        # Every quarter, with a month allowed: the quarter after March ends in June, due by 31 July.
        (date(2040, 3, 31), date(2040, 7, 31), "met"),
        (date(2040, 3, 31), date(2040, 8, 1), "late"),
        (date(2040, 10, 31), date(2041, 2, 28), "met"),
        (date(2040, 10, 31), date(2041, 3, 1), "late"),
    ],
)
def test_what_is_published_every_quarter_is_late_a_month_after_the_next(covers, day, expected):
    obligation = PublicationFactory(covers_until=covers).obligation
    assert standing(obligation, day) == expected


def test_what_was_never_published_is_said_to_be_so():
    assert standing(ObligationFactory(), date(2040, 1, 1)) == "never"


def test_what_is_published_once_never_falls_due_again():
    once = ObligationFactory(frequency=Frequency.objects.get(code="once"))
    PublicationFactory(obligation=once)
    found = obliged(once, date(2060, 1, 1))
    assert (found.standing, found.due_on) == ("met", None)


def test_what_does_not_apply_is_neither_met_nor_late():
    assert standing(ObligationFactory(applies=False, applies_reason="No housing"), date(2040, 1, 1)) == (
        "not_applicable"
    )


def test_a_publication_taken_back_leaves_the_one_before():
    first = PublicationFactory(effective_on=date(2016, 4, 20), covers_until=date(2040, 3, 31))
    second = PublicationFactory(
        obligation=first.obligation, effective_on=date(2016, 7, 20), covers_until=date(2040, 6, 30)
    )
    assert obliged(first.obligation, date(2040, 8, 2)).covers_until == date(2040, 6, 30)

    Publication.objects.create(
        obligation=first.obligation,
        effective_on=second.effective_on,
        covers_until=second.covers_until,
        corrects=second,
        void=True,
        evidence="The file was empty",
        recorded_by=second.recorded_by,
    )
    found = obliged(first.obligation, date(2040, 8, 2))
    assert (found.covers_until, found.standing) == (date(2040, 3, 31), "late")
