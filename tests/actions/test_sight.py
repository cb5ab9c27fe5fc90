"""The line of sight: what actions are for, and what else they answer."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from playwright.sync_api import expect

from actions import figures
from actions.forms.sight import in_text
from actions.models import ActionPrinciple, ActionWorkstream, Status
from actions.models.sight import place, placed
from governance.figures.moment import Moment, Scope
from tests.actions.factories_sight import (
    PrincipleFactory,
    StrategyFactory,
    WorkstreamFactory,
)
from tests.browser import axe, sign_in
from tests.cast import signed_in
from tests.factories import (
    ActionAssetFactory,
    ActionFactory,
    AssetFactory,
    RecommendationFactory,
    RiskFactory,
)

pytestmark = pytest.mark.django_db


def placing(action):
    return reverse("actions:place", args=[action.reference])


def typed(action, workstream=None, principles=(), **more):
    form = {"workstream": workstream.pk if workstream else "", "principles": [p.pk for p in principles]}
    return form | {"change_reason": "The board agreed", "seen": in_text(placed(action))} | more


def sight_page(person, action):
    return signed_in(person).get(reverse("actions:sight", args=[action.reference])).content.decode()


def test_an_action_is_in_one_workstream(db):
    action = ActionFactory()
    ActionWorkstream.objects.create(action=action, workstream=WorkstreamFactory())
    with pytest.raises(IntegrityError, match="action_id"), transaction.atomic():
        ActionWorkstream.objects.create(action=action, workstream=WorkstreamFactory())


def test_an_action_is_under_a_principle_once(db):
    action, principle = ActionFactory(), PrincipleFactory()
    ActionPrinciple.objects.create(action=action, principle=principle)
    with pytest.raises(IntegrityError, match="action_has_a_principle_once"), transaction.atomic():
        ActionPrinciple.objects.create(action=action, principle=principle)


@pytest.mark.parametrize("factory", [StrategyFactory, WorkstreamFactory, PrincipleFactory])
def test_what_a_plan_is_for_has_code_and_name(factory):
    with pytest.raises(IntegrityError, match="has_code_and_name"), transaction.atomic():
        factory(name="")


def test_the_officer_says_what_an_action_is_for_and_why_is_kept(ig_officer):
    action, stream, principle = ActionFactory(), WorkstreamFactory(), PrincipleFactory()
    answer = signed_in(ig_officer).post(placing(action), typed(action, stream, [principle]))
    assert answer.url == reverse("actions:sight", args=[action.reference])
    page = sight_page(ig_officer, action)
    for words in (stream.name, stream.strategy.name, principle.name):
        assert words in page
    last = ActionWorkstream.history.order_by("history_id").last()
    assert (last.history_change_reason, last.history_who) == ("The board agreed", "The ig officer")


def test_an_action_is_moved_and_taken_off(ig_officer):
    action, first, second = ActionFactory(), WorkstreamFactory(), WorkstreamFactory()
    one, other = PrincipleFactory(), PrincipleFactory()
    place(action, first, [one])
    signed_in(ig_officer).post(placing(action), typed(action, second, [other]))
    assert placed(action) == (second.pk, {other.pk}, None)
    signed_in(ig_officer).post(placing(action), typed(action))
    assert placed(action) == (None, frozenset(), None)
    assert [each.history_type for each in ActionWorkstream.history.order_by("history_id")] == ["+", "~", "-"]


def test_placing_where_it_stands_changes_nothing(db):
    action, stream, principle = ActionFactory(), WorkstreamFactory(), PrincipleFactory()
    for _ in range(2):
        place(action, stream, [principle])
    assert ActionWorkstream.history.count() == ActionPrinciple.history.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"change_reason": " "}, "change_reason"), ({"workstream": "99999"}, "workstream"),
     ({"workstream": "\x00"}, "workstream"), ({"principles": ["x"]}, "principles"),
     ({"principles": ["99999"]}, "principles")],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_lost(ig_officer, change, field):
    action, stream = ActionFactory(), WorkstreamFactory()
    answer = signed_in(ig_officer).post(placing(action), typed(action, stream) | change)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert "There is a problem" in answer.content.decode()
    assert not ActionWorkstream.objects.exists()


def test_who_saw_something_else_is_told_and_saves_again(ig_officer):
    action, mine, theirs = ActionFactory(), WorkstreamFactory(), WorkstreamFactory()
    form = typed(action, mine)
    place(action, theirs, [])
    browser = signed_in(ig_officer)
    answer = browser.post(placing(action), form)
    assert "Somebody else changed this" in answer.content.decode()
    assert placed(action)[0] == theirs.pk
    again = form | {"seen": answer.context["form"].data["seen"]}
    assert browser.post(placing(action), again).status_code == 302
    assert placed(action)[0] == mine.pk


@pytest.mark.django_db(transaction=True)
def test_of_two_who_place_at_once_the_second_is_told(ig_officer):
    action, streams = ActionFactory(), [WorkstreamFactory(), WorkstreamFactory()]
    forms = [typed(action, stream) for stream in streams]

    def send(form):
        try:
            return signed_in(ig_officer).post(placing(action), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, forms)) == [200, 302]
    assert ActionWorkstream.history.count() == 1


def test_a_retired_workstream_is_offered_only_to_what_is_in_it(ig_officer):
    retired = WorkstreamFactory(is_retired=True)
    inside, outside = ActionFactory(), ActionFactory()
    place(inside, retired, [])
    for action, offered in ((inside, True), (outside, False)):
        form = signed_in(ig_officer).get(placing(action)).context["form"]
        assert (retired in form.fields["workstream"].queryset) is offered


def test_the_line_says_what_the_action_answers(ig_officer):
    action, other = ActionFactory(recommendation=RecommendationFactory()), RecommendationFactory()
    action.recommendation_links.create(recommendation=other)
    page = sight_page(ig_officer, action)
    for answered in (action.recommendation, other):
        assert answered.text in page
        assert answered.get_absolute_url() in page


def test_the_line_reaches_the_risks_and_their_assets(ig_officer):
    own, first = AssetFactory(), AssetFactory()
    action, risk = ActionFactory(), RiskFactory(asset=first)
    ActionAssetFactory(action=action, asset=own)
    action.risk_links.create(risk=risk)
    page = sight_page(ig_officer, action)
    for thing in (own, first, risk):
        assert thing.reference in page


def test_the_line_names_nothing_that_its_reader_may_not_open(owner, other_owner):
    action = owner.action
    ActionAssetFactory(action=action, asset=other_owner.asset)
    action.risk_links.create(risk=other_owner.risk)
    page = sight_page(owner, action)
    assert other_owner.asset.reference not in page
    assert other_owner.risk.reference not in page


def test_the_recommendation_of_an_audit_that_its_reader_may_not_open_is_not_told(owner, ig_officer):
    """The plan answers another audit since; the action was agreed for one of before."""
    action, before = owner.action, RecommendationFactory(text="Words of the audit before")
    action.recommendation = before
    action.save()
    pages = [reverse(f"actions:{name}", args=[action.reference]) for name in ("sight", "action")]
    for address in pages:
        assert before.text in signed_in(ig_officer).get(address).content.decode()
        page = signed_in(owner).get(address).content.decode()
        assert before.text not in page
        assert f"Recommendation {before.reference}" not in page
    action.plan.audit = before.audit
    action.plan.save()
    for address in pages:
        assert before.text in signed_in(owner).get(address).content.decode()


def test_the_owner_reads_what_an_action_is_for_and_changes_nothing(owner):
    place(owner.action, WorkstreamFactory(name="Skills"), [])
    page = sight_page(owner, owner.action)
    assert "Skills" in page
    assert "Say what it is for" not in page
    assert signed_in(owner).post(placing(owner.action), typed(owner.action)).status_code == 403


def test_each_number_of_the_line_opens_its_actions(ig_officer):
    stream, principles = WorkstreamFactory(), [PrincipleFactory(), PrincipleFactory()]
    done, begun, outside = ActionFactory.create_batch(3)
    for action in (done, begun):
        place(action, stream, principles)
    done.report(Status.COMPLETED, effective_on=done.plan.opened_on, by=ig_officer)
    browser = signed_in(ig_officer)
    page = browser.get(reverse("actions:strategies"))
    lines = [line for each in page.context["strategies"] for line in (*each.workstreams, *each.principles)]
    assert {line.name: line.total.value for line in lines} == {
        stream.name: 2, principles[0].name: 2, principles[1].name: 2,
    }  # fmt: skip
    for line in lines:
        for tile in (*line.statuses, line.total):
            opened = browser.get(tile.href)
            assert opened.context["page"].paginator.count == tile.value
    assert outside.reference not in browser.get(lines[0].total.href).content.decode()


def test_the_line_of_one_plan_counts_its_actions_alone(ig_officer):
    stream = WorkstreamFactory()
    inside, elsewhere = ActionFactory(), ActionFactory()
    for action in (inside, elsewhere):
        place(action, stream, [])
    browser = signed_in(ig_officer)
    address = reverse("actions:plan_sight", args=[inside.plan.code])
    assert address in browser.get(inside.plan.get_absolute_url()).content.decode()
    page = browser.get(address)
    (line,) = page.context["strategies"][0].workstreams
    assert line.total.value == 1
    opened = browser.get(line.total.href).content.decode()
    assert inside.reference in opened
    assert elsewhere.reference not in opened
    assert str(inside.plan) in page.content.decode()


def test_an_action_under_two_principles_is_one_action(ig_officer):
    place(ActionFactory(), None, [PrincipleFactory(), PrincipleFactory()])
    assert figures.total.value(Moment.now(), Scope()) == 1


def test_nothing_entered_leads_to_the_lists(ig_officer):
    page = signed_in(ig_officer).get(reverse("actions:strategies")).content.decode()
    assert "No strategy has been entered yet" in page
    assert reverse("assets:lists") in page


def test_what_belongs_to_no_strategy_stands_last(ig_officer):
    WorkstreamFactory(name="Alone", strategy=None)
    StrategyFactory(name="Empty strategy")
    StrategyFactory(name="Old and empty", is_retired=True)
    shown = signed_in(ig_officer).get(reverse("actions:strategies")).context["strategies"]
    assert [each.name for each in shown] == ["Empty strategy", "Of no strategy"]


@pytest.mark.parametrize("number", [2, 30])
def test_the_line_takes_as_many_queries_however_long_it_is(ig_officer, django_assert_max_num_queries, number):
    streams = WorkstreamFactory.create_batch(number)
    for stream in streams:
        place(ActionFactory(), stream, [])
    browser = signed_in(ig_officer)
    with django_assert_max_num_queries(10):
        assert browser.get(reverse("actions:strategies")).status_code == 200


def test_the_line_in_a_browser(page, ig_officer):
    action, stream, principle = ActionFactory(), WorkstreamFactory(), PrincipleFactory()
    sign_in(page, ig_officer)
    page.goto(action.get_absolute_url())
    page.get_by_role("link", name="Line of sight").click()
    page.get_by_role("button", name="Say what it is for").click()
    page.get_by_label("Workstream").select_option(label=stream.name)
    page.get_by_label(principle.name).check()
    page.get_by_label("Why are you making this change?").fill("Agreed by the board")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Line of sight")).to_be_visible()
    expect(page.get_by_text(stream.name)).to_be_visible()
    axe(page)
    page.goto(reverse("actions:strategies"))
    expect(page.get_by_role("heading", name=stream.strategy.name)).to_be_visible()
    axe(page)
