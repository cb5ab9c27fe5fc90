"""A figure of a past moment says what was recorded then: what is changed today does not restate it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from assets.figures import assurance, disposal, openness, sharing
from assets.models import Asset, Frequency, Obligation, Partner, SampledAnswer, SharingPeriods
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from tests.assets.factories_attestation import attested
from tests.assets.factories_retention import DisposalFactory
from tests.assets.factories_sharing import (
    AgreementFactory,
    AgreementPartnerFactory,
    ContractFactory,
    ObligationFactory,
    PartnerFactory,
    PublicationFactory,
)
from tests.assets.test_samples import a_sample
from tests.cast import play, signed_in
from tests.factories import AssetFactory, UnitFactory

pytestmark = pytest.mark.django_db
EVERYTHING = Scope()


def known_by_now():
    """Today, with what has been recorded up to this instant."""
    return Moment(today(), timezone.now())


def in_months(number):
    """A day about so many months from today."""
    return today() + timedelta(days=30 * number)


def references(figure, moment, scope=EVERYTHING):
    return [entry.reference for entry in figure.entries(moment, scope)]


# Agreements


def test_warning_earlier_from_today_does_not_restate_what_was_due_before():
    agreement = AgreementFactory(review_on=in_months(5))
    then = known_by_now()
    SharingPeriods.objects.update(warn_months=12)
    assert references(sharing.review_due, then) == []
    assert references(sharing.review_due, Moment.now()) == [agreement.reference]


def test_letting_agreements_lapse_later_does_not_restate_which_had_lapsed():
    agreement = AgreementFactory(review_on=in_months(-5))
    then = known_by_now()
    SharingPeriods.objects.update(lapse_months=12)
    assert references(sharing.lapsed, then) == [agreement.reference]
    assert references(sharing.lapsed, Moment.now()) == []


def test_before_the_periods_were_recorded_they_were_as_shipped():
    AgreementFactory(review_on=in_months(-5))
    then = known_by_now()
    SharingPeriods.objects.all().delete()
    assert sharing.lapsed.value(then, EVERYTHING) == sharing.lapsed.value(Moment.now(), EVERYTHING) == 1


# Publications


def test_asking_for_data_more_often_does_not_make_them_late_in_the_past():
    yearly = Frequency.objects.get(code="annual")
    obligation = ObligationFactory(frequency=yearly)
    PublicationFactory(obligation=obligation, effective_on=in_months(-5), covers_until=in_months(-6))
    then = known_by_now()
    Frequency.objects.filter(pk=yearly.pk).update(months=1, allowed_months=0, name="Each month")
    assert references(openness.late, then) == []
    assert references(openness.late, Moment.now()) == [obligation.reference]
    before, after = (Obligation.history.at(at).get(id=obligation.pk) for at in (then, Moment.now()))
    assert (before.often, after.often) == (yearly.name, "Each month")
    assert after.due_on < today() < before.due_on


def test_moving_an_obligation_to_another_rhythm_does_not_restate_it():
    obligation = ObligationFactory(frequency=Frequency.objects.get(code="annual"))
    PublicationFactory(obligation=obligation, effective_on=in_months(-5), covers_until=in_months(-6))
    then = known_by_now()
    Obligation.objects.update(frequency=Frequency.objects.get(code="monthly"))
    assert obligation.reference not in references(openness.late, then)
    assert obligation.reference in references(openness.late, Moment.now())


def test_a_publication_heard_of_later_counts_as_now_known_and_not_as_then_known():
    """Publications have both clocks: the same day reads otherwise by what was known of it."""
    obligation = ObligationFactory()
    then = known_by_now()
    PublicationFactory(obligation=obligation, effective_on=today(), covers_until=today())
    assert obligation.reference in references(openness.never, then)
    assert obligation.reference not in references(openness.never, Moment.of(today()))


# Disposals


def test_a_disposal_stays_with_the_unit_that_held_the_asset_then():
    asset = AssetFactory()
    proposed, before, after = DisposalFactory(asset=asset), asset.unit, UnitFactory()
    then = known_by_now()
    Asset.objects.filter(pk=asset.pk).update(unit=after)
    for unit, at_that_time, at_present in ((before, 1, 0), (after, 0, 1)):
        scope = Scope(units=(unit.code,))
        assert disposal.waiting.value(then, scope) == at_that_time
        assert disposal.waiting.value(Moment.now(), scope) == at_present
    assert references(disposal.waiting, then) == [proposed.reference]


# Answers looked at again


@pytest.fixture
def checked(owner):
    """An answer that an officer found different today."""
    officer = play("officer", Role.IG_OFFICER)
    attested(owner.asset, by=owner)
    answer = a_sample(officer, size=1).answers.get()
    facts = {"finding": "different", "note": "Access is wider", "checked_on": today(), "checked_by": officer}
    SampledAnswer.objects.filter(pk=answer.pk).update(**facts)
    return SampledAnswer.objects.get()


def subjects(figure, moment, scope=EVERYTHING):
    return [entry.subject for entry in figure.entries(moment, scope)]


def test_looking_again_does_not_restate_what_had_been_found(checked):
    then = known_by_now()
    SampledAnswer.objects.update(finding="agreed", note="")
    assert subjects(assurance.answers_found_different, then) == [checked.pk]
    assert subjects(assurance.answers_found_different, Moment.now()) == []
    assert subjects(assurance.answers_checked, Moment.now()) == [checked.pk]


def test_a_check_dated_back_was_not_known_before_it_was_recorded(owner):
    attested(owner.asset, by=owner)
    officer = play("officer", Role.IG_OFFICER)
    answer = a_sample(officer, size=1).answers.get()
    then = known_by_now()
    SampledAnswer.objects.update(finding="agreed", checked_on=date(2017, 1, 1), checked_by=officer)
    assert subjects(assurance.answers_checked, then) == []
    assert subjects(assurance.answers_checked, Moment.now()) == [answer.pk]


def test_a_checked_answer_stays_with_the_unit_that_held_the_asset_then(checked, owner):
    before, after = Scope(units=(owner.asset.unit.code,)), Scope(units=(UnitFactory(code="new").code,))
    then = known_by_now()
    Asset.objects.filter(pk=owner.asset.pk).update(unit=UnitFactory._meta.model.objects.get(code="new"))
    assert subjects(assurance.answers_checked, then, before) == [checked.pk]
    assert subjects(assurance.answers_checked, then, after) == []
    assert subjects(assurance.answers_checked, Moment.now(), after) == [checked.pk]


# Partners and reviews


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_partner_is_shown_as_it_was_on_a_day(ig_officer, owner_connection):
    agreement = AgreementPartnerFactory(partner=PartnerFactory(code="health", name="Health Trust"))
    owner_connection.execute("SET app.redacting = 'on'")
    for table in ("partner", "agreement", "agreementpartner"):
        owner_connection.execute(
            f"UPDATE assets_historical{table} SET history_date = history_date - interval '30 days'"
        )
    partner = agreement.partner
    partner.rename("Care Trust", on=today() - timedelta(days=2))
    Partner.objects.filter(pk=partner.pk).update(assurance="Toolkit met")
    agreement.delete()
    client = signed_in(ig_officer)
    then = client.get(partner.get_absolute_url(), {"as_at": (today() - timedelta(days=7)).isoformat()})
    for words in ("Health Trust", agreement.agreement.title, "You are looking at the register as at"):
        assert words in then.content.decode()
    for words in ("Care Trust", "Toolkit met", "Change this partner"):
        assert words not in then.content.decode()
    now = client.get(partner.get_absolute_url()).content.decode()
    for words in ("Care Trust", "Toolkit met", "Change this partner"):
        assert words in now
    assert agreement.agreement.title not in now.split("History")[0]
    early = client.get(partner.get_absolute_url(), {"as_at": "2015-01-01"}).content.decode()
    assert "Not on record then" in early


def test_a_review_dated_back_was_not_known_before_it_was_recorded():
    contract = ContractFactory()
    then = known_by_now()
    review = contract.reviews.create(
        reviewed_on=date(2017, 1, 1), complies=True, recorded_by=play("officer", Role.IG_OFFICER)
    )
    assert list(contract.reviews_at(then)) == []
    assert list(contract.reviews_at(Moment.now())) == [review]
