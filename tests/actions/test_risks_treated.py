"""Which risks an action treats: said on the action's page, read on the risk's; and opened from a risk."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from actions.forms.opening import AUDITED
from actions.models import Action, ActionRisk
from governance.core.dates import today
from governance.figures.moment import Moment
from risks.models import Risk
from risks.representations.actions import actions_of
from tests.cast import signed_in
from tests.factories import ActionFactory, PlanFactory, RiskFactory

pytestmark = pytest.mark.django_db


def adding(action):
    return reverse("actions:add_risk", args=[action.reference])


def page(person, thing, **asked):
    return signed_in(person).get(thing.get_absolute_url(), asked).content.decode()


def opening(risk):
    return f"{reverse('actions:new')}?risk={risk.reference}"


def typed(plan, owner, **more):
    return {"title": "Lock the cabinets", "plan": plan.pk, "owner": owner.pk} | more


class TestLinks:
    def test_an_action_and_a_risk_are_linked_once(self):
        link = ActionRisk.objects.create(action=ActionFactory(), risk=RiskFactory())
        with pytest.raises(IntegrityError, match="action_treats_a_risk_once"), transaction.atomic():
            ActionRisk.objects.create(action=link.action, risk=link.risk)

    def test_what_is_linked_stands_on_both_pages_and_is_taken_off_with_its_history(self, ig_officer):
        action, risk = ActionFactory(title="Lock the cabinets"), RiskFactory(title="Files left on trains")
        browser = signed_in(ig_officer)
        assert browser.post(adding(action), {"risk": risk.reference.lower()}).url == action.get_absolute_url()
        assert "Files left on trains" in page(ig_officer, action)
        assert "Lock the cabinets" in page(ig_officer, risk)
        link = ActionRisk.objects.get()
        browser.post(reverse("actions:remove_risk", args=[action.reference, link.pk]))
        told, history = page(ig_officer, risk).split(">History<")
        assert "Lock the cabinets" not in told
        assert "Lock the cabinets" in history
        why = ActionRisk.history.latest("history_id").history_change_reason
        assert why == f"Taken off {action.reference}"

    @pytest.mark.parametrize("wrong", ["", "IR-9999", "nonsense", "\x00", "x" * 13])
    def test_a_reference_that_names_no_risk_is_refused_in_words(self, ig_officer, wrong):
        answer = signed_in(ig_officer).post(adding(ActionFactory()), {"risk": wrong})
        assert "risk" in answer.context["form"].errors

    def test_a_risk_that_is_not_open_and_one_linked_already_are_refused(self, ig_officer):
        action, risk = ActionFactory(), RiskFactory()
        Risk.objects.filter(pk=risk.pk).update(state="closed")
        answer = signed_in(ig_officer).post(adding(action), {"risk": risk.reference})
        assert answer.context["form"].errors["risk"] == [f"{risk.reference} is closed"]
        other = ActionRisk.objects.create(action=action, risk=RiskFactory()).risk
        again = signed_in(ig_officer).post(adding(action), {"risk": other.reference})
        assert "recorded already" in again.content.decode()

    def test_neither_page_tells_of_what_its_reader_may_not_open(self, owner, other_owner):
        ActionRisk.objects.create(action=owner.action, risk=other_owner.risk)
        ActionRisk.objects.create(action=other_owner.action, risk=owner.risk)
        told = page(owner, owner.action)
        assert other_owner.risk.reference not in told
        assert "1 that you may not open" in told
        ActionRisk.objects.create(action=owner.action, risk=owner.risk)
        assert "And 1 that you may not open" in page(owner, owner.action)
        ActionRisk.objects.get(action=owner.action, risk=owner.risk).delete()
        told = page(owner, owner.risk)
        assert other_owner.action.reference not in told
        assert "1 that you may not open" in told

    def test_nobody_links_or_takes_off_a_risk_that_they_may_not_open(self, owner, other_owner):
        browser = signed_in(owner)
        answer = browser.post(adding(owner.action), {"risk": other_owner.risk.reference})
        assert "that you may open" in answer.context["form"].errors["risk"][0]
        link = ActionRisk.objects.create(action=owner.action, risk=other_owner.risk)
        address = reverse("actions:remove_risk", args=[owner.action.reference, link.pk])
        assert browser.post(address).status_code == 404

    def test_a_moment_before_the_link_knows_nothing_of_it(self, ig_officer):
        action, risk = ActionFactory(), RiskFactory()
        before = Moment(today(), timezone.now())
        ActionRisk.objects.create(action=action, risk=risk)
        assert actions_of(risk, Moment.now(), ig_officer).links
        yesterday = Moment.of(today().replace(year=today().year - 1), today())
        assert not actions_of(risk, yesterday, ig_officer).links
        assert before.known_before < timezone.now()


def own_plan(owner):
    """A plan that answers no audit, with an action of the owner, so that they may open it."""
    return ActionFactory(plan=PlanFactory(audit=None), owner=owner.post).plan


class TestOpening:
    def test_from_a_risk_an_action_is_opened_that_treats_it(self, ig_officer, owner):
        risk, plan = owner.risk, PlanFactory()
        assert opening(risk) in page(ig_officer, risk)
        given = typed(plan, risk.owner)
        answer = signed_in(ig_officer).post(opening(risk), given)
        opened = Action.objects.get(title="Lock the cabinets")
        assert answer.url == risk.get_absolute_url()
        assert opened.risk_links.get().risk == risk
        assert opened.updates.get().status == "not_started"
        assert opened.reference.startswith("ACT-")
        assert "Lock the cabinets" in page(ig_officer, risk)

    def test_a_form_that_is_sent_twice_opens_one_action(self, ig_officer, owner, other_owner):
        browser, given = signed_in(ig_officer), typed(PlanFactory(), owner.post)
        for address in (reverse("actions:new"), opening(owner.risk), opening(other_owner.risk)):
            assert browser.post(address, given).status_code == 302
            again = browser.post(address, given)
            assert "says just this already" in again.context["form"].errors["title"][0]
        assert Action.objects.filter(title="Lock the cabinets").count() == 3

    def test_an_owner_opens_one_for_their_own_post_and_for_no_other(self, owner, other_owner):
        browser, plan = signed_in(owner), own_plan(owner)
        refused = browser.post(opening(owner.risk), typed(plan, other_owner.post))
        assert "owner" in refused.context["form"].errors
        assert browser.post(opening(owner.risk), typed(plan, owner.post)).status_code == 302

    def test_a_plan_that_they_may_not_open_is_not_offered(self, owner):
        hidden = PlanFactory(audit=None)
        answer = signed_in(owner).post(opening(owner.risk), typed(hidden, owner.post))
        assert "plan" in answer.context["form"].errors

    def test_an_owner_adds_nothing_to_a_plan_that_answers_an_audit(self, owner):
        plan = owner.action.plan
        browser, before = signed_in(owner), plan.actions.count()
        form = browser.get(opening(owner.risk)).context["form"]
        assert (plan in form.fields["plan"].queryset, form.fields["plan"].help_text) == (False, AUDITED)
        answer = browser.post(opening(owner.risk), typed(plan, owner.post))
        assert "plan" in answer.context["form"].errors
        assert plan.actions.count() == before

    def test_who_keeps_the_plans_adds_to_any(self, ig_officer, records_manager):
        for person in (ig_officer, records_manager):
            plan, own = PlanFactory(), PlanFactory(audit=None)
            field = signed_in(person).get(reverse("actions:new")).context["form"].fields["plan"]
            assert {plan, own} <= set(field.queryset)
            assert not field.help_text

    def test_the_history_of_the_action_does_not_name_a_risk_that_its_reader_may_not_open(
        self, ig_officer, owner, other_owner
    ):
        given = typed(PlanFactory(), owner.post)
        signed_in(ig_officer).post(opening(other_owner.risk), given)
        opened = Action.objects.get(title="Lock the cabinets")
        assert other_owner.risk.reference not in page(owner, opened)
        assert "Opened against a risk" in page(owner, opened)

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"title": " "}, "title"), ({"plan": "\x00"}, "plan"), ({"owner": "x"}, "owner"),
         ({"due_on_day": "1", "due_on_month": "1", "due_on_year": "2001"}, "due_on"),
         ({"due_on_day": "31", "due_on_month": "2", "due_on_year": "2030"}, "due_on")],
    )  # fmt: skip
    def test_what_opens_no_action_is_told_at_its_field(self, owner, change, field):
        given = typed(own_plan(owner), owner.post) | change
        before = Action.objects.count()
        answer = signed_in(owner).post(opening(owner.risk), given)
        assert field in answer.context["form"].errors
        assert Action.objects.count() == before

    @pytest.mark.parametrize("named", ["IR-9999", "\x00", "<script>", ""])
    def test_a_risk_that_there_is_not_makes_an_action_of_its_own(self, ig_officer, named):
        answer = signed_in(ig_officer).get(reverse("actions:new"), {"risk": named})
        assert answer.status_code == 200
        assert answer.context["form"].risk is None

    def test_a_risk_of_others_is_not_named(self, owner, other_owner):
        told = signed_in(owner).get(opening(other_owner.risk)).content.decode()
        assert other_owner.risk.title not in told
