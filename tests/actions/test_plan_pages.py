"""The list of plans, and a plan at a moment."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from actions import figures
from actions.models import ScopeArea, Status
from governance.demo.bulk import Size, make_register
from governance.figures.moment import Moment, Scope
from tests.actions.pages import (
    HOSTILE,
    OPENED,
    a_plan,
    action_page,
    an_action,
    area,
    known,
    plan_page,
    recommendation,
    text,
    told,
    vacant_post,
    wait,
)
from tests.cast import signed_in
from tests.colours.factories import in_force
from tests.factories import PostHoldingFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """Three actions in two areas: not started, in progress since March, completed since May."""
    plan = a_plan(title="Plan of 2016")
    training, sharing = area(plan, "Training"), area(plan, "Sharing", 2)
    an_action(plan, reference="T-1", title="Write the policy", scope_area=training, due_on=date(2016, 6, 30))
    started = an_action(plan, reference="T-2", title="Train everybody", scope_area=training)
    done = an_action(plan, reference="S-1", title="List the agreements", scope_area=sharing)
    told(started, Status.IN_PROGRESS, date(2016, 3, 1))
    told(done, Status.COMPLETED, date(2016, 5, 2))
    return plan


def listed(response):
    return [row.action.reference for row in response.context["listed"].page]


# The list of plans


def test_the_list_says_what_each_plan_answers_and_where_it_stands(ig_officer, plan):
    page = text(signed_in(ig_officer).get(reverse("actions:plans")))
    for words in (
        "Plan of 2016",
        "Audit of 2015",
        "The regulator",
        "“very limited assurance”",
        "18 January 2016",
    ):
        assert words in page
    for figure in (figures.total, figures.BY_STATUS[Status.IN_PROGRESS], figures.completed):
        assert escape(figure.address(Moment.now(), Scope(plans=(plan.code,)))) in page


def test_without_a_plan_the_list_says_what_to_do_next(ig_officer):
    page = text(signed_in(ig_officer).get(reverse("actions:plans")))
    assert "There is no action plan that you may open" in page
    assert "load one" in page


def test_an_owner_sees_the_plans_of_their_own_actions_only(owner, other_owner):
    page = text(signed_in(owner).get(reverse("actions:plans")))
    assert owner.action.plan.title in page
    assert f"/{other_owner.action.plan.code}/" not in page


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_of_plans_asks_the_same_few_questions_for_any_number(
    ig_officer, django_assert_max_num_queries, number
):
    for _ in range(number):
        an_action()
    client = signed_in(ig_officer)
    with django_assert_max_num_queries(9):
        assert client.get(reverse("actions:plans")).status_code == 200


# Figures of a plan


def test_every_number_of_a_plan_opens_its_rows(ig_officer, plan):
    page = text(signed_in(ig_officer).get(plan_page(plan)))
    scope, now = Scope(plans=(plan.code,)), Moment.now()
    for figure in (figures.total, *figures.BY_STATUS.values(), *figures.ACROSS.values()):
        assert escape(figure.address(now, scope)) in page, figure.key
    for status in Status:
        within = {"scope_area": "Training", "scope_area_id": str(plan.audit.scope_areas.first().pk)}
        assert escape(figures.BY_STATUS[status].address(now, scope, **within)) in page


def test_two_areas_of_one_title_are_counted_and_opened_apart(ig_officer, plan):
    other = ScopeArea.objects.create(audit=plan.audit, code="training-2", title="Training", position=3)
    an_action(plan, scope_area=other)
    browser = signed_in(ig_officer)
    areas = browser.get(plan_page(plan)).context["figures"].areas
    assert [(each.title, each.total.value) for each in areas] == [
        ("Training", 2), ("Sharing", 1), ("Training", 1)
    ]  # fmt: skip
    for each in areas:
        opened = browser.get(each.total.href)
        assert opened.context["value"] == each.total.value
        assert opened.context["narrowed"] == {"scope area": each.title}


def test_figures_count_everything_and_the_list_says_what_stays_closed(owner):
    plan = owner.action.plan
    an_action(plan, opened_on=date(2016, 1, 18))
    page = signed_in(owner).get(plan_page(plan))
    assert listed(page) == [owner.action.reference]
    assert page.context["figures"].total.value == 2
    assert "And 1 that you may not open." in text(page)


def test_what_the_reader_may_open_is_counted_beside_what_there_is(owner):
    plan = owner.action.plan
    for _ in range(3):
        an_action(plan)
    counted = figures.counts_by_facet(Moment.now(), Scope(plans=(plan.code,)), owner)
    assert (sum(row["rows"] for row in counted), sum(row["open"] for row in counted)) == (4, 1)


def test_numbers_outside_every_area_are_said_though_nothing_opens_them(ig_officer, plan):
    an_action(plan, reference="X-1")
    page = signed_in(ig_officer).get(plan_page(plan))
    last = page.context["figures"].areas[-1]
    assert (last.title, last.total.value, last.total.href) == ("No scope area", 1, "")


# Finding actions


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["S-1", "T-1", "T-2"]),
        ("q=policy", ["T-1"]),
        ("q=t-2", ["T-2"]),
        ("q=everybody+train", ["T-2"]),
        ("q=agreements+policy", []),
        ("status=completed", ["S-1"]),
        ("status=completed&status=in_progress", ["S-1", "T-2"]),
        ("area=training", ["T-1", "T-2"]),
        ("area=training&status=in_progress", ["T-2"]),
        ("overdue=on", ["T-1"]),
        ("sort=-action__reference", ["T-2", "T-1", "S-1"]),
        ("sort=action__title", ["S-1", "T-2", "T-1"]),
        ("sort=password", ["S-1", "T-1", "T-2"]),
        ("page=99", ["S-1", "T-1", "T-2"]),
    ],
)
def test_the_address_says_which_actions_are_listed(ig_officer, plan, asked, found):
    assert listed(signed_in(ig_officer).get(plan_page(plan, asked))) == found


def test_as_many_are_counted_as_are_listed_where_one_filter_of_two_cannot_be(ig_officer, plan):
    page = signed_in(ig_officer).get(plan_page(plan, "owner=nobody-any-more&status=in_progress"))
    assert listed(page) == ["T-2"]
    assert page.context["listed"].count == 1


def test_the_words_of_the_recommendation_are_searched_too(ig_officer, plan):
    an_action(plan, reference="R-1", recommendation=recommendation(plan, "Appoint an archivist"))
    assert listed(signed_in(ig_officer).get(plan_page(plan, "q=archivist"))) == ["R-1"]


def test_actions_of_one_owner_or_one_unit_are_found(ig_officer, plan):
    mine = an_action(plan, reference="O-1")
    for asked in (f"owner={mine.owner.code}", f"unit={mine.owner.unit.code}"):
        assert listed(signed_in(ig_officer).get(plan_page(plan, asked))) == ["O-1"]


def test_actions_that_wait_are_found_by_what_they_wait_for(ig_officer, plan):
    policy, training = plan.actions.get(reference="T-1"), plan.actions.get(reference="T-2")
    wait(policy, "start", needs_action=training)
    vacancy = an_action(plan, reference="V-1")
    wait(vacancy, "finish", needs_post=vacant_post())
    client = signed_in(ig_officer)
    assert listed(client.get(plan_page(plan, "waiting=actions"))) == ["T-1"]
    assert listed(client.get(plan_page(plan, "waiting=posts"))) == ["V-1"]


def test_each_filter_in_force_can_be_taken_off(ig_officer, plan):
    page = text(signed_in(ig_officer).get(plan_page(plan, "q=policy&status=not_started&sort=status")))
    assert "Reference or words: policy" in page
    assert 'href="?status=not_started&amp;sort=status"' in page
    assert 'href="?q=policy&amp;sort=status"' in page


@pytest.mark.parametrize(
    "asked", ["status=banana", "area=moon", "owner=nobody", "waiting=long", "q=" + "x" * 101]
)
def test_a_filter_that_makes_no_sense_is_said_to(ig_officer, plan, asked):
    page = signed_in(ig_officer).get(plan_page(plan, asked))
    assert page.status_code == 200
    assert "There is a problem" in text(page)


def test_where_nothing_matches_the_page_says_what_to_do_next(ig_officer, plan):
    page = text(signed_in(ig_officer).get(plan_page(plan, "q=zzzz")))
    assert "No action matches your filters" in page
    assert "start again with the whole plan" in page


def test_a_plan_without_actions_says_what_to_do_next(ig_officer):
    page = text(signed_in(ig_officer).get(plan_page(a_plan())))
    assert "This plan has no actions yet" in page


def test_fifty_actions_make_a_page_and_the_rest_of_the_address_stays(ig_officer):
    make_register(Size(actions=60))
    found = signed_in(ig_officer).get("/plans/measuring-60/?sort=-status")
    assert len(listed(found)) == 50
    assert "Showing 1 to 50 of 60" in text(found)
    assert 'href="?sort=-status&amp;page=2"' in text(found)
    assert "(page 1 of 2)" in text(found)


def test_an_action_whose_post_is_vacant_says_so(ig_officer, plan):
    assert "(vacant)" in text(signed_in(ig_officer).get(plan_page(plan)))
    for action in plan.actions.all():
        PostHoldingFactory(post=action.owner, person=UserFactory())
    assert "(vacant)" not in text(signed_in(ig_officer).get(plan_page(plan)))


# A past moment


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ("as_at=2016-02-01", (3, 0, 0)),
        ("as_at=2016-04-01", (2, 1, 0)),
        ("as_at=2016-05-02", (1, 1, 1)),
        ("as_at=2016-05-02&known_at=2016-05-01", (2, 1, 0)),
        ("as_at_day=1&as_at_month=apr&as_at_year=2016", (2, 1, 0)),
    ],
)
def test_a_plan_is_shown_as_it_stood(ig_officer, plan, asked, counts):
    page = signed_in(ig_officer).get(plan_page(plan, asked))
    values = {tile.label: tile.value for tile in page.context["figures"].statuses}
    assert (values["Not started"], values["In progress"], values["Completed"]) == counts
    assert "Back to now" in text(page)
    assert "Titles and owners are as they are held now." in text(page)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("as_at=2016-01-17", "The plan was opened on 18 January 2016. Choose that day or a later one"),
        ("as_at=2016-05-02&known_at=2015-12-31", "The plan was opened on 18 January 2016."),
        ("as_at=2999-01-01", "must be today or in the past"),
        ("as_at=soon", "is not a date"),
        ("as_at_day=31&as_at_month=2&as_at_year=2016", "must be a real date"),
        ("as_at_day=&as_at_month=2&as_at_year=2016", "must include a day"),
    ],
)
def test_a_moment_that_makes_no_sense_is_said_to_and_the_plan_is_shown_as_it_is_now(
    ig_officer, plan, asked, sentence
):
    page = signed_in(ig_officer).get(plan_page(plan, asked))
    assert page.status_code == 200
    assert "There is a problem" in text(page)
    assert sentence in text(page)
    assert "Back to now" not in text(page)
    assert listed(page) == ["S-1", "T-1", "T-2"]


def test_a_moment_at_which_nothing_was_known_says_so(ig_officer):
    late = a_plan()
    an_action(late, opened_on=date(2016, 3, 1), **known(date(2016, 3, 5)))
    page = text(signed_in(ig_officer).get(plan_page(late, "as_at=2016-02-01")))
    assert "Nothing was known of this plan then" in page


# Robust


def test_an_unknown_plan_is_not_found(ig_officer):
    assert signed_in(ig_officer).get("/plans/no-such-plan/").status_code == 404


def test_a_plan_of_others_is_not_found(owner, other_owner):
    assert signed_in(owner).get(plan_page(other_owner.action.plan)).status_code == 404


def test_hostile_words_are_shown_as_they_were_typed(ig_officer):
    plan = a_plan(title=HOSTILE, note=HOSTILE)
    plan.audit.opinion = plan.audit.auditor = plan.audit.title = HOSTILE
    plan.audit.save()
    action = an_action(plan, title=HOSTILE, scope_area=area(plan, HOSTILE))
    action.owner.title = HOSTILE
    action.owner.save()
    for address in (plan_page(plan), plan_page(plan, "q=%3Cscript%3Ealert"), reverse("actions:plans")):
        page = text(signed_in(ig_officer).get(address))
        assert "<script>alert" not in page
        assert escape(HOSTILE) in page


@pytest.mark.parametrize("who", ["ig_officer", "owner"])
def test_a_plan_asks_the_same_few_questions_with_10_and_with_1000_actions(
    request, django_assert_max_num_queries, who
):
    in_force()
    person = request.getfixturevalue(who)
    make_register(Size(actions=10))
    make_register(Size(actions=1000))
    if who == "owner":
        from actions.models import Action

        Action.objects.filter(plan__code__startswith="measuring").update(owner=person.post)
    client, asked = signed_in(person), []
    for code in ("measuring-10", "measuring-1000"):
        client.get(f"/plans/{code}/")
        with django_assert_max_num_queries(12) as queries:
            assert client.get(f"/plans/{code}/?sort=status&status=completed").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_opening_day_is_the_first_a_plan_can_be_shown_at(ig_officer, plan):
    page = signed_in(ig_officer).get(plan_page(plan, f"as_at={OPENED.isoformat()}"))
    assert page.context["moment"].as_at == OPENED


@pytest.mark.parametrize(
    "address", ["/plans/", "/plans/no-such-plan/", "/actions/NO-SUCH/", "{plan}", "{action}"]
)
def test_whoever_may_open_no_plan_gets_one_answer_everywhere(administrator, owner, address):
    where = address.format(plan=plan_page(owner.action.plan), action=action_page(owner.action))
    assert signed_in(administrator).get(where).status_code == 403


def test_a_post_that_owns_an_action_may_open_its_plan_without_any_role(outsider):
    action = an_action(owner=outsider.post)
    assert [
        signed_in(outsider).get(where).status_code
        for where in ("/plans/", plan_page(action.plan), action_page(action))
    ] == [200] * 3


def test_the_plan_says_how_many_of_the_actions_counted_are_open_to_the_reader(owner, ig_officer):
    an_action(owner.action.plan)
    page = plan_page(owner.action.plan)
    assert "1 of them is open to you; the figures count all." in text(signed_in(owner).get(page))
    assert "open to you" not in text(signed_in(ig_officer).get(page))
