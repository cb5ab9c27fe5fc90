"""Two sign a DPIA off: the data protection officer advises on what was sent, and another approves it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assets.models import Advice, Dpia, DpiaAuthor, ProcessingActivity
from assets.services import dpia as services
from assets.services.dpia import DpiaError
from governance.core.dates import today
from governance.people.models import Role
from tests.assets.factories_processing import (
    ActivityFactory,
    AdviceFactory,
    DpiaFactory,
    DpiaRiskFactory,
    SignedDpiaFactory,
)
from tests.assets.test_asset_constraints import assert_refused, assert_stopped
from tests.assets.test_dpia import sign
from tests.cast import known, play, signed_in
from tests.factories import PostHoldingFactory, RoleAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db
NO_ADVICE = "dpia_signed_off_after_the_dpo_advised_on_what_was_sent"


@pytest.fixture
def dpo(db):
    return play("dpo", Role.DPO)


@pytest.fixture
def siro(db):
    return play("siro", Role.SIRO)


@pytest.fixture
def sent():
    """A DPIA that was sent to the data protection officer, who has not advised."""
    dpia = DpiaFactory()
    DpiaRiskFactory(dpia=dpia)
    services.send(dpia)
    return Dpia.objects.get()


def approve(dpia, *, by, advice, on="2017-03-01"):
    """What the sign-off writes, past every page and service."""
    facts = dict.fromkeys(("measures_approved_by", "residual_approved_by"), by)
    posts = ("measures_approved_post", "residual_approved_post", "kept_under_review_by")
    facts |= dict.fromkeys(posts, dpia.activity.owner)
    facts |= {"signed_off_on": on, "next_review_on": "2018-03-01", "answer": "accepted"}
    Dpia.objects.filter(pk=dpia.pk).update(**facts, state="signed_off", advice=advice, residual="low")


# The first of the two


def test_advice_and_then_approval_sign_it_off(siro, dpo, sent):
    advice = services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    assert sign(siro, sent).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.advice) == ("signed_off", advice)


def test_the_form_asks_in_whole_sentences_and_knows_the_only_post(siro, dpo, sent):
    services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    client, address = signed_in(siro), reverse("assets:sign_off_dpia", args=[sent.reference])
    assert client.get(address).context["form"].initial["post"] == siro.post.pk
    said = client.post(address, {}).content.decode()
    for words in ("Select the post in which you sign", "Select the decision on the advice"):
        assert words in said
    assert "Enter the day of the next review" in said


def test_before_the_advice_it_is_not_signed_off(siro, sent):
    assert "has not advised on it since it was sent" in sign(siro, sent).content.decode()
    assert_stopped(NO_ADVICE, lambda: approve(sent, by=siro, advice=AdviceFactory(activity=sent.activity)))


def test_advice_before_a_rewrite_is_advice_on_another_text(siro, dpo, ig_officer, sent):
    early = services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    services.take_back(sent)
    services.write(sent, lambda: None, by=ig_officer)
    services.send(sent)
    assert "has not advised on it since it was sent" in sign(siro, sent).content.decode()
    assert_stopped(NO_ADVICE, lambda: approve(sent, by=siro, advice=early))
    services.advise(sent.activity, "Better", by=dpo, dpia=sent)
    assert sign(siro, sent).status_code == 302


def test_a_caldicott_guardians_advice_is_another_advice(siro, sent):
    guardian = play("guardian", Role.CALDICOTT_GUARDIAN)
    other = services.advise(sent.activity, "Mind the patients", by=guardian, dpia=sent)
    assert other.given_as == "caldicott_guardian"
    assert "has not advised on it since it was sent" in sign(siro, sent).content.decode()
    assert_stopped(NO_ADVICE, lambda: approve(sent, by=siro, advice=other))


def test_advice_on_the_activity_or_on_another_dpia_is_not_advice_on_this_one(siro, sent):
    other = DpiaFactory(state="with_dpo")
    for advice in (
        AdviceFactory(activity=sent.activity),
        AdviceFactory(activity=other.activity, dpia=other),
    ):
        with pytest.raises(DpiaError, match="has not advised"):
            services.sign_off(sent, by=siro, post=siro.post)
        assert_stopped(NO_ADVICE, lambda advice=advice: approve(sent, by=siro, advice=advice))


def test_who_is_both_says_as_which_they_advise(siro, dpo, sent):
    RoleAssignmentFactory(post=dpo.post, role=Role.CALDICOTT_GUARDIAN)
    client, address = signed_in(dpo), reverse("assets:advise_dpia", args=[sent.reference])
    assert "You advise as" in client.get(address).content.decode()
    client.post(address, {"text": "Mind the patients", "given_as": "caldicott_guardian"})
    assert "govuk-error-message" in client.post(address, {"text": "Which?"}).content.decode()
    assert list(Advice.objects.values_list("given_as", flat=True)) == ["caldicott_guardian"]


def test_advice_is_signed_in_the_post_that_carries_the_role(dpo, sent):
    services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    assert Advice.objects.get().given_by_post == dpo.post.title
    assert_refused("advice_is_of_one_who_advises", lambda: AdviceFactory(given_as="siro"))


@pytest.mark.parametrize("role", [Role.IG_OFFICER, Role.SIRO, Role.INTERNAL_AUDITOR])
def test_nobody_else_advises(role, sent):
    person = play("reader", role)
    address = reverse("assets:advise_dpia", args=[sent.reference])
    assert signed_in(person).post(address, {"text": "Fine"}).status_code == 403


def test_the_page_says_which_advice_was_on_an_earlier_text(ig_officer, dpo, sent):
    services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    services.take_back(sent)
    services.send(sent)
    page = signed_in(ig_officer).get(sent.get_absolute_url()).content.decode()
    assert "on an earlier text" in page


# The second


def test_the_data_protection_officer_does_not_sign_off(dpo, sent):
    services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    assert sign(dpo, sent).status_code == 403


def test_who_is_siro_and_data_protection_officer_signs_off_nothing(siro, dpo, sent):
    services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    RoleAssignmentFactory(post=siro.post, role=Role.DPO)
    assert sign(siro, sent).status_code == 403


def test_who_advised_does_not_approve_by_any_door(sent):
    adviser = UserFactory()
    advice = AdviceFactory(activity=sent.activity, dpia=sent, given_by=adviser)
    assert_stopped(
        "dpia_is_approved_by_another_than_advised", lambda: approve(sent, by=adviser, advice=advice)
    )


def test_who_wrote_in_it_does_not_approve_by_any_door(siro, dpo, sent):
    advice = services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    DpiaAuthor.objects.create(dpia=sent, person=siro)
    assert sign(siro, sent).status_code == 403
    assert_stopped("dpia_is_approved_by_another_than_wrote", lambda: approve(sent, by=siro, advice=advice))


def test_an_owner_signs_off_neither_their_own_nor_anothers(other_owner, owner, dpo, sent):
    Dpia.objects.update(activity=ActivityFactory(owner=owner.post))
    services.advise(Dpia.objects.get().activity, "Put up signs", by=dpo, dpia=sent)
    assert sign(other_owner, sent).status_code == 404
    assert sign(owner, sent).status_code == 403


# What each of the two asks of who approves: page, list and Home in Python, the database in its trigger


def owns(person, dpia):
    ProcessingActivity.objects.filter(pk=dpia.activity_id).update(owner=person.post)


def owned_until_yesterday(person, dpia):
    before = PostHoldingFactory(person=person, until_on=today() - timedelta(days=1))
    ProcessingActivity.objects.filter(pk=dpia.activity_id).update(owner=before.post)


def began(person, dpia):
    Dpia.objects.filter(pk=dpia.pk).update(begun_by=person)


def wrote(person, dpia):
    DpiaAuthor.objects.create(dpia=dpia, person=person)


def advised_on_it(person, dpia):
    AdviceFactory(activity=dpia.activity, dpia=dpia, given_by=person, given_as="caldicott_guardian")


def advised_on_another(person, dpia):
    AdviceFactory(activity=dpia.activity, dpia=DpiaFactory(), given_by=person)


def wrote_another(person, dpia):
    DpiaAuthor.objects.create(dpia=DpiaFactory(), person=person)


def did_nothing(person, dpia):
    """Nothing of it is theirs."""


@pytest.mark.parametrize(
    ("case", "refused"),
    [
        (owns, "dpia_is_approved_by_another_than_owns_the_activity"),
        (began, "dpia_is_approved_by_another_than_wrote"),
        (wrote, "dpia_is_approved_by_another_than_wrote"),
        (advised_on_it, "dpia_is_approved_by_another_than_advised"),
        (owned_until_yesterday, ""),
        (advised_on_another, ""),
        (wrote_another, ""),
        (did_nothing, ""),
    ],
)
def test_the_rule_and_the_database_say_the_same_of_who_approves(case, refused, siro, dpo, sent):
    advice = services.advise(sent.activity, "Put up signs", by=dpo, dpia=sent)
    case(siro, sent)
    sent.refresh_from_db()
    person = known(siro, siro.post)
    assert person.has_perm("assets.sign_off_dpia", sent) is (not refused)
    assert Dpia.objects.to_be_signed_off_by(person).filter(pk=sent.pk).exists() is (not refused)
    if not refused:
        approve(sent, by=siro, advice=advice, on=today())
        assert Dpia.objects.get(pk=sent.pk).state == "signed_off"
    else:
        assert_stopped(refused, lambda: approve(sent, by=siro, advice=advice, on=today()))


# When it was sent


def test_a_draft_was_not_sent_and_what_is_with_the_dpo_was(sent):
    rule = "dpia_with_the_dpo_was_sent_and_a_draft_was_not"
    assert sent.sent_at is not None
    assert_refused(rule, lambda: Dpia.objects.update(sent_at=None))
    services.take_back(sent)
    sent.refresh_from_db()
    assert sent.sent_at is None
    assert_refused(rule, lambda: Dpia.objects.update(sent_at=timezone.now()))


def test_what_was_signed_off_can_still_be_superseded():
    before = SignedDpiaFactory()
    Dpia.objects.filter(pk=before.pk).update(state="superseded")
    SignedDpiaFactory(activity=before.activity)
    assert Dpia.objects.filter(activity=before.activity, state="signed_off").count() == 1
