"""What waited on what, who held a post, what was assured: as it was known, whatever is told later."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from actions.figures.order import blocked, due_before, for_decision
from actions.figures.progress import standing, waiting_for_actions, waiting_for_posts
from actions.models import Dependency, Status
from actions.models.colour import COLOURED, CONDITIONS
from actions.models.dates import with_dates
from actions.representations.asking_work import work_of
from actions.representations.assured import assured
from actions.representations.mine import next_steps
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from tests.actions.factories_order import AssuranceFactory, NeedFactory
from tests.actions.pages import OPENED, a_plan, an_action, known, told, wait
from tests.factories import PostFactory, PostHoldingFactory, UserFactory

pytestmark = pytest.mark.django_db
MARCH, MAY, JUNE, JULY = date(2016, 3, 1), date(2016, 5, 2), date(2016, 6, 1), date(2016, 7, 25)
FIGURES = (blocked, due_before, for_decision, waiting_for_actions, waiting_for_posts)
WAITING = next(each for each in CONDITIONS if each.key == "waiting")


@pytest.fixture
def plan():
    """T-2 waits to start on T-1, T-3 on a vacant post, T-4 to finish on a post that somebody holds."""
    plan = a_plan()
    held = PostHoldingFactory(**known(OPENED)).post
    one, two, three, four = (
        an_action(plan, reference=f"T-{n}", due_on=day, owner=held)
        for n, day in enumerate((JULY, MAY, MAY, MAY), start=1)
    )
    wait(two, "start", needs_action=one)
    wait(three, "start", needs_post=PostFactory())
    wait(four, "finish", needs_post=held)
    told(four, Status.IN_PROGRESS, MARCH)
    AssuranceFactory(plan=plan, given_on=MARCH, **known(MARCH))
    return plan


def told_of(plan, moment, person):
    """Everything that pages and figures say of the order of work, and of what was assured."""
    scope, work = Scope(plans=(plan.code,)), work_of(plan, moment, person)
    references = "action__reference"
    rows = standing(moment, scope).order_by(references)
    register = with_dates(rows, moment).for_register(moment).values_list(references, "is_ownerless")
    steps = next_steps(plan.actions.order_by("reference"), moment, person)
    return {
        **{each.key: sorted(each.rows(moment, scope).values_list(references, flat=True)) for each in FIGURES},
        "coloured waiting": [
            *COLOURED.facts(rows, moment).filter(WAITING.holds(moment, 0)).values_list(references, flat=True)
        ],
        "ownerless": [*register],
        "blocked by": {key: [need.key for need in needs] for key, needs in work.blocked.items()},
        "next": work.next_to_do(),
        "path": work.path,
        "steps": [[wait.title for wait in step.waiting] for step in steps],
        "assured": [(each.assurance.text, each.verdict) for each in assured(plan, moment)],
    }


def fill(plan):
    PostHoldingFactory(post=_post(plan, "T-3"), from_on=MAY)


def leave(plan):
    _post(plan, "T-4").holdings.get().end(MAY)


def wait_more(plan):
    wait(plan.actions.get(reference="T-1"), "start", needs_post=PostFactory(), known_at=None)


def wait_for_what_is_due_later(plan):
    later = an_action(due_on=date(2030, 1, 1))
    wait(plan.actions.get(reference="T-1"), "start", needs_action=later, known_at=None)


def wait_no_longer(plan):
    _need(plan, "T-2").let_go(MAY)


def never_wait(plan):
    _need(plan, "T-2").let_go(OPENED)


def go_ahead(plan):
    plan.actions.get(reference="T-2").report(
        Status.IN_PROGRESS, effective_on=MAY, by=UserFactory(), waiver="As agreed"
    )


def assure(plan):
    AssuranceFactory(plan=plan, given_on=MARCH, text="Another, entered late")


def assure_in_other_words(plan):
    plan.assurances.update(text="What was never said", due_on=today() + timedelta(days=9))


def _need(plan, reference):
    return plan.actions.get(reference=reference).dependencies.get()


def _post(plan, reference):
    return _need(plan, reference).needs_post


LATE = (
    fill, leave, wait_more, wait_for_what_is_due_later, wait_no_longer, never_wait, go_ahead, assure,
    assure_in_other_words,
)  # fmt: skip


@pytest.mark.parametrize("late", LATE, ids=lambda each: each.__name__)
def test_what_was_known_is_never_altered_by_what_is_told_later(plan, ig_officer, late):
    moments = (Moment.of(JUNE, JUNE), Moment(today(), datetime.now(UTC)))
    before = [told_of(plan, moment, ig_officer) for moment in moments]
    known_now = told_of(plan, Moment.of(JUNE), ig_officer)
    late(plan)
    assert [told_of(plan, moment, ig_officer) for moment in moments] == before
    assert told_of(plan, Moment.of(JUNE), ig_officer) != known_now


def test_what_a_document_shows_was_known_counts_from_then_on(plan, ig_officer):
    told = told_of(plan, Moment.of(JUNE, JUNE), ig_officer)
    assert (told["actions.blocked"], told["actions.waiting_for_posts"]) == (["T-2", "T-3"], ["T-3"])
    assert told["assured"]
    assert not told_of(plan, Moment.of(JUNE, OPENED - timedelta(days=1)), ig_officer)["assured"]
    assert not told_of(plan, Moment.of(JUNE, OPENED), ig_officer)["assured"]


def test_whoever_looks_at_now_sees_what_is_recorded(plan, ig_officer):
    now = Moment.now()
    assert told_of(plan, now, ig_officer) == told_of(plan, Moment(now.as_at, datetime.now(UTC)), ig_officer)


@pytest.mark.parametrize(
    ("made", "rule"),
    [
        (NeedFactory, "actions_dependency_known_earlier_by_a_document"),
        (AssuranceFactory, "actions_assurance_known_earlier_by_a_document"),
        (PostHoldingFactory, "people_postholding_known_earlier_by_a_document"),
    ],
)
def test_what_was_known_earlier_names_the_document(made, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        made(known_at=datetime(2016, 1, 1, tzinfo=UTC))
    assert made(**known(MARCH)).source_document


def test_a_wait_that_was_taken_back_stays_known_for_the_days_before(plan):
    need, key = _need(plan, "T-2"), _need(plan, "T-2").pk
    need.let_go(OPENED)
    waits = Dependency.at(Moment.of(JUNE)), Dependency.at(Moment.of(JUNE, JUNE))
    assert [each.filter(id=key).count() for each in waits] == [0, 1]
