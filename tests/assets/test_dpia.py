"""Screening, and a DPIA from its draft to its signing off."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assets.figures import dpia as figures
from assets.models import Advice, Dpia, DpiaCriterion, DpiaRisk, Screening
from assets.representations.screening import outcome
from assets.services import dpia as services
from assets.services.dpia import DpiaError
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from tests.assets.factories_processing import (
    ActivityFactory,
    AdviceFactory,
    DpiaFactory,
    DpiaRiskFactory,
    ScreeningFactory,
    SignedDpiaFactory,
)
from tests.cast import play, signed_in

pytestmark = pytest.mark.django_db
ALONE = [
    "profiling-with-effects", "large-scale-sensitive", "public-monitoring", "denial-of-service",
    "large-scale-profiling", "data-matching", "targeting-vulnerable", "physical-harm",
]  # fmt: skip
WITH_ANOTHER = ["innovative-technology", "biometric", "genetic", "invisible", "tracking"]


def of(*codes):
    return [DpiaCriterion.objects.get(code=code) for code in codes]


@pytest.fixture
def dpo(db):
    return play("dpo", Role.DPO)


@pytest.fixture
def siro(db):
    return play("siro", Role.SIRO)


# Screening


def test_every_criterion_is_tried_by_a_test():
    listed = DpiaCriterion.objects.exclude(source="european").values_list("code", flat=True)
    assert sorted(listed) == sorted(ALONE + WITH_ANOTHER)
    assert DpiaCriterion.objects.filter(source="ico").count() == 10
    assert DpiaCriterion.objects.filter(source="european").count() == 9


@pytest.mark.parametrize("code", ALONE)
def test_the_automatic_cases_and_most_operations_need_a_dpia_by_themselves(code):
    found = outcome(of(code))
    assert found.is_required
    assert found.words.startswith("A DPIA is required because ")


@pytest.mark.parametrize("code", WITH_ANOTHER)
def test_some_operations_need_a_dpia_only_with_another_criterion(code):
    assert not outcome(of(code)).is_required
    assert outcome(of(code, "eu-large-scale")).is_required
    assert outcome(of(*WITH_ANOTHER)).is_required


def test_two_european_criteria_mean_a_dpia_and_one_does_not():
    assert not outcome(of("eu-scoring")).is_required
    assert outcome(of("eu-scoring", "eu-vulnerable")).is_required


def test_the_same_thing_in_two_lists_is_not_two_criteria():
    assert not outcome(of("innovative-technology", "eu-innovative")).is_required


def test_no_criterion_means_no_dpia():
    assert outcome([]).words == "No criterion applies, so no DPIA is required."


def test_screening_again_keeps_what_applies_now(ig_officer):
    activity = ScreeningFactory(criteria=["genetic", "tracking"]).activity
    services.screen(activity, of("tracking", "physical-harm"), decision="do", reason="")
    screening = Screening.objects.get()
    assert {link.criterion.code for link in screening.criterion_links.all()} == {"tracking", "physical-harm"}
    assert screening.is_required


# Writing


def test_a_dpia_begins_once_and_is_gone_on_with(ig_officer):
    activity = ActivityFactory(title="CCTV")
    client, address = signed_in(ig_officer), reverse("assets:begin_dpia", args=[activity.reference])
    first, second = client.post(address)["Location"], client.post(address)["Location"]
    assert first == second == Dpia.objects.get().get_absolute_url()


def test_the_steps_are_written_by_page(ig_officer):
    dpia = DpiaFactory(nature="")
    client = signed_in(ig_officer)
    typed = {"nature": "By camera", "scope": "Town", "context": "Known", "purposes": "Safety"}
    typed["seen_version"] = dpia.standing_version()
    assert (
        client.post(reverse("assets:dpia_step", args=[dpia.reference, "description"]), typed).status_code
        == 302
    )
    dpia.refresh_from_db()
    assert dpia.nature == "By camera"
    assert dpia.authors.filter(person=ig_officer).exists()
    assert client.get(reverse("assets:dpia_step", args=[dpia.reference, "risks"])).status_code == 404


def test_a_risk_is_named_with_its_measure(ig_officer):
    dpia = DpiaFactory()
    client, address = signed_in(ig_officer), reverse("assets:new_dpia_risk", args=[dpia.reference])
    risk = {"description": "Leak", "likelihood": "probable", "severity": "severe", "overall": "high"}
    half = client.post(address, risk | {"measure": "Encrypt"}).content.decode()
    assert "Enter the measure, its effect and the risk left over together" in half
    accepted = risk | {"measure": "None", "effect": "accepted", "residual": "low"}
    assert "stays as high as it is" in client.post(address, accepted).content.decode()
    whole = risk | {"measure": "Encrypt", "effect": "reduced", "residual": "low"}
    assert client.post(address, whole).status_code == 302
    assert DpiaRisk.objects.get().residual == "low"


def test_what_is_not_written_is_named_before_it_is_sent(ig_officer):
    dpia = DpiaFactory(consultation="")
    client, address = signed_in(ig_officer), reverse("assets:check_dpia", args=[dpia.reference])
    page = client.post(address).content.decode()
    assert "Write down: who is consulted, and how" in page
    assert "Name at least one risk" in page
    Dpia.objects.update(consultation="A panel")
    DpiaRiskFactory(dpia=dpia)
    client.post(address)
    dpia.refresh_from_db()
    assert (dpia.state, dpia.residual) == ("with_dpo", "low")


def test_what_is_with_the_dpo_is_taken_back_before_it_is_changed(ig_officer):
    dpia = DpiaFactory(state="with_dpo")
    with pytest.raises(DpiaError, match="no longer a draft"):
        services.write(dpia, dpia.save, by=ig_officer)
    signed_in(ig_officer).post(reverse("assets:take_back_dpia", args=[dpia.reference]))
    dpia.refresh_from_db()
    assert dpia.state == "draft"


# Advice and sign-off


@pytest.mark.parametrize("role", [Role.DPO, Role.CALDICOTT_GUARDIAN])
def test_advisers_advise_and_change_nothing_else(role):
    adviser, dpia = play(str(role), role), DpiaFactory(state="with_dpo")
    before = Dpia.history.count()
    page = signed_in(adviser).post(
        reverse("assets:advise_dpia", args=[dpia.reference]), {"text": "Ask people first"}, follow=True
    )
    assert "Ask people first" in page.content.decode()
    assert Advice.objects.get().given_by_post == adviser.post_title
    assert Dpia.history.count() == before
    for name in ("check_dpia", "new_dpia_risk", "sign_off_dpia"):
        assert signed_in(adviser).get(reverse(f"assets:{name}", args=[dpia.reference])).status_code == 403


def sign(person, dpia, **more):
    day = today() + timedelta(days=300)
    typed = {
        "post": person.post.pk, "answer": "accepted", "kept_under_review_by": person.post.pk,
        "next_review_on_day": day.day, "next_review_on_month": day.month, "next_review_on_year": day.year,
    }  # fmt: skip
    return signed_in(person).post(reverse("assets:sign_off_dpia", args=[dpia.reference]), typed | more)


@pytest.fixture
def waiting():
    """A DPIA with the data protection officer, who has advised."""
    dpia = DpiaFactory(state="with_dpo")
    DpiaRiskFactory(dpia=dpia)
    AdviceFactory(activity=dpia.activity, dpia=dpia)
    return dpia


def test_the_siro_signs_off_by_post_and_person(siro, waiting):
    assert sign(siro, waiting).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.measures_approved_by, waiting.residual_approved_post) == (
        "signed_off", siro, siro.post
    )  # fmt: skip
    assert waiting.risks.get().is_approved


def test_nothing_is_signed_off_before_the_advice(siro, waiting):
    other = DpiaFactory(state="with_dpo")
    DpiaRiskFactory(dpia=other)
    assert "has not advised yet" in sign(siro, other).content.decode()


def test_overruling_the_advice_needs_a_reason(siro, waiting):
    assert "Say why the advice is overruled" in sign(siro, waiting, answer="overruled").content.decode()
    assert sign(siro, waiting, answer="overruled", overruled_reason="Costs").status_code == 302


def test_nobody_signs_off_what_they_wrote(siro, waiting):
    services.take_back(waiting)
    services.write(waiting, lambda: None, by=siro)
    services.send(waiting)
    assert sign(siro, waiting).status_code == 403


def test_a_high_risk_left_over_goes_to_the_siro_and_to_the_ico_first(siro, owner, waiting):
    activity = ActivityFactory(owner=owner.post)
    Dpia.objects.filter(pk=waiting.pk).update(activity=activity)
    DpiaRiskFactory(dpia=waiting, overall="high", effect="accepted", residual="high")
    assert sign(owner, waiting).status_code == 403
    assert "consult the ICO first" in sign(siro, waiting).content.decode()
    consulted = {"ico_consulted_on_day": 1, "ico_consulted_on_month": 3, "ico_consulted_on_year": 2016}
    assert sign(siro, waiting, **consulted).status_code == 302


def test_the_owner_does_not_sign_off_an_own_activity_however_low_the_risk(owner, waiting):
    Dpia.objects.filter(pk=waiting.pk).update(activity=ActivityFactory(owner=owner.post))
    assert sign(owner, waiting).status_code == 403


def test_signing_off_supersedes_the_one_before(siro, waiting):
    before = SignedDpiaFactory()
    Dpia.objects.filter(pk=waiting.pk).update(activity=before.activity)
    sign(siro, waiting)
    before.refresh_from_db()
    assert before.state == "superseded"


# Figures and lists


def test_figures_of_dpias_are_the_lists_behind_them(ig_officer):
    needed = ScreeningFactory(is_required=True, decision="do").activity
    ScreeningFactory()
    unscreened = ActivityFactory()
    due = SignedDpiaFactory(activity=ScreeningFactory(is_required=True, decision="do").activity)
    now, everything = Moment.now(), Scope()

    def references(figure):
        return [entry.reference for entry in figure.entries(now, everything)]

    assert references(figures.needing_dpia) == [needed.reference]
    assert unscreened.reference in references(figures.unscreened)
    assert references(figures.due_for_review) == [due.reference]
    counted = figures.counts(now, everything)
    for key in ("processing.needing_dpia", "processing.unscreened", "processing.live", "processing.total"):
        from governance.figures.figure import get_figure

        assert counted[key] == get_figure(key).value(now, everything), key


def test_an_owner_sees_the_dpias_of_what_they_may_open(owner):
    theirs, mine = DpiaFactory(), DpiaFactory(activity=ActivityFactory(owner=owner.post))
    page = signed_in(owner).get(reverse("assets:dpias")).content.decode()
    assert mine.reference in page
    assert theirs.title not in page


@pytest.mark.parametrize("number", [2, 60])
def test_the_register_of_dpias_asks_few_questions(ig_officer, django_assert_max_num_queries, number):
    for _ in range(number):
        DpiaFactory()
    client = signed_in(ig_officer)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("assets:dpias")).status_code == 200


def test_an_activity_with_a_high_risk_waits_for_the_ico(ig_officer):
    activity = ActivityFactory(state="draft")
    DpiaRiskFactory(dpia=DpiaFactory(activity=activity), overall="high", effect="accepted", residual="high")
    page = signed_in(ig_officer).post(
        reverse("assets:go_live", args=[activity.reference]), {"reason": "Ready"}
    )
    assert "Consult the ICO first" in page.content.decode()
