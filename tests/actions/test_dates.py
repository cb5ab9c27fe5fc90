"""Dates that keep their past: each later date says why and who agreed, and as at any moment what stood."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actions.figures import counts_by_facet, overdue
from actions.figures import dates as figures
from actions.models import Action, DateRevision, ProgressUpdate, Status
from actions.models.colour import COLOURED
from actions.representations.dates import dates_of
from actions.services.dates import take_back
from governance.colours.models import with_colours
from governance.core.dates import today
from governance.core.steps import StepError
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from tests.actions.moving import DECISION, move
from tests.actions.pages import OPENED, action_page, an_action, known, plan_page, text, told
from tests.cast import play, signed_in
from tests.factories import ActionFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db
JUNE, JULY, SEPTEMBER, DECEMBER = (date(2016, month, 30) for month in (6, 7, 9, 12))
AUGUST = date(2016, 8, 31)


def stood(action, moment):
    """First date and the one that stood, by the database; and the same by what the page says."""
    row = with_colours(ProgressUpdate.objects.filter(action=action), COLOURED, moment).first()
    said = dates_of(Action.objects.get(pk=action.pk), action.date_revisions.for_story(), moment)
    assert (row.first_due, row.due_then) == (said.first, said.due)
    return row.first_due, row.due_then


def references(figure, moment):
    return {entry.reference for entry in figure.entries(moment, Scope())}


@pytest.fixture
def moved():
    """Due in June; in July a committee gave it until September, in September until December."""
    action = an_action(due_on=JUNE)
    move(action, SEPTEMBER, on=JULY, **known(JULY))
    move(action, DECEMBER, on=SEPTEMBER, **known(SEPTEMBER))
    return action


def typed(action, **other):
    """What the form posts."""
    day = other.pop("due", DECEMBER)
    on = other.pop("on", JULY)
    said = {
        "due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year,
        "effective_on_day": on.day, "effective_on_month": on.month, "effective_on_year": on.year,
        "reason": "The supplier is late", "agreed_in": DECISION, "minute": "31",
        "seen": action.last_date_recorded(),
    }  # fmt: skip
    return said | other


def page_of(action):
    return reverse("actions:revise_date", args=[action.reference])


# What stood


@pytest.mark.parametrize(
    ("on", "expected"),
    [(JUNE, JUNE), (JULY, SEPTEMBER), (AUGUST, SEPTEMBER), (SEPTEMBER, DECEMBER), (DECEMBER, DECEMBER)],
)
def test_the_due_date_is_the_one_that_stood_on_the_day(moved, on, expected):
    assert stood(moved, Moment.of(on)) == (JUNE, expected)
    moved.refresh_from_db()
    assert (moved.due_on, moved.original_due_on) == (DECEMBER, JUNE)


def test_a_revision_entered_late_changes_nothing_that_was_known_before():
    action = an_action(due_on=JUNE)
    move(action, SEPTEMBER, on=JUNE)
    assert stood(action, Moment.of(JULY, JULY)) == (JUNE, JUNE)
    assert stood(action, Moment.of(JULY, today())) == (JUNE, SEPTEMBER)
    assert references(overdue, Moment.of(JULY, JULY)) == {action.reference}
    assert references(overdue, Moment.of(JULY, today())) == set()


def test_an_action_without_a_date_has_the_first_that_it_is_given():
    action = an_action()
    assert stood(action, Moment.now()) == (None, None)
    move(action, SEPTEMBER, on=JULY)
    move(action, DECEMBER, on=AUGUST)
    assert stood(action, Moment.now()) == (SEPTEMBER, DECEMBER)
    assert stood(action, Moment.of(JUNE)) == (None, None)


def test_overdue_on_the_date_of_the_day_and_on_the_first(moved):
    for on, late, late_on_first in (
        (JUNE, False, False),
        (JULY, False, True),
        (date(2016, 12, 31), True, True),
    ):
        assert bool(references(overdue, Moment.of(on))) is late
        assert bool(references(figures.overdue_original, Moment.of(on))) is late_on_first
    told(moved, Status.COMPLETED, DECEMBER)
    assert not references(figures.overdue_original, Moment.now())
    assert references(figures.extended, Moment.now()) == {moved.reference}


def test_both_figures_are_counted_at_once_as_they_are_alone(moved, ig_officer):
    an_action(moved.plan, due_on=JUNE)
    for on in (JUNE, JULY, SEPTEMBER, today()):
        moment = Moment.of(on)
        late, later = (each.value(moment, Scope()) for each in (figures.overdue_original, figures.extended))
        rows = counts_by_facet(moment, Scope(), ig_officer)
        assert sum(row["overdue_original"] for row in rows) == late
        assert sum(row["extended"] for row in rows) == later


def test_times_extended_and_days_slipped_leave_out_what_was_taken_back_and_brought_forward(moved):
    def said():
        found = dates_of(moved, moved.date_revisions.for_story(), Moment.now())
        return found.extended, found.slipped

    assert said() == (2, (DECEMBER - JUNE).days)
    forward = move(moved, SEPTEMBER, on=SEPTEMBER)
    assert said() == (2, (SEPTEMBER - JUNE).days)
    take_back(forward, reason="Not what was decided", by=UserFactory())
    assert said() == (2, (DECEMBER - JUNE).days)


def test_a_date_that_moves_no_more_today_moved_still_on_a_past_day(moved, ig_officer):
    told(moved, Status.COMPLETED, DECEMBER)
    browser = signed_in(ig_officer)
    stays = [
        browser.get(action_page(moved, asked)).context["dates"].stays for asked in ("", "as_at=2016-08-31")
    ]
    assert stays == [True, False]


def test_what_is_taken_back_stands_no_more_but_stays(moved):
    latest = moved.date_revisions.get(due_on=DECEMBER)
    before = Moment.now()
    row = take_back(latest, reason="The meeting was not quorate", by=UserFactory())
    moved.refresh_from_db()
    assert moved.due_on == SEPTEMBER
    assert stood(moved, Moment(before.as_at, row.known_at)) == (JUNE, DECEMBER)
    assert stood(moved, Moment.now()) == (JUNE, SEPTEMBER)
    with pytest.raises(StepError, match="taken back already"):
        take_back(latest, reason="Again", by=UserFactory())


# What may not be


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"reason": ""}, "date_revision_has_a_reason"),
        ({"agreed_in": ""}, "date_revision_is_agreed_by_a_post_or_in_a_decision"),
        ({"post": True}, "date_revision_is_agreed_by_a_post_or_in_a_decision"),
        ({"effective_on": date(2999, 1, 1)}, "took_effect_by_today"),
    ],
)
def test_the_database_refuses_a_date_without_reason_or_agreement_or_from_the_future(facts, broken):
    row = {"due_on": DECEMBER, "reason": "Late", "agreed_in": DECISION, "effective_on": JULY} | facts
    if row.pop("post", False):
        row["agreed_by"] = PostFactory()
    with pytest.raises(IntegrityError) as refused:
        DateRevision.objects.create(action=an_action(), recorded_by=UserFactory(), **row)
    assert refused.value.__cause__.diag.constraint_name == broken


def test_the_database_moves_a_due_date_by_a_revision_only(moved):
    for due in (SEPTEMBER, JUNE, None):
        with pytest.raises(IntegrityError, match="moves by a revision"), transaction.atomic():
            Action.objects.filter(pk=moved.pk).update(due_on=due)
    Action.objects.filter(pk=moved.pk).update(original_due_on=DECEMBER)
    moved.refresh_from_db()
    assert (moved.original_due_on, moved.due_on) == (JUNE, DECEMBER)


def test_a_closed_action_and_its_own_owner_move_no_date():
    action = an_action(due_on=JUNE)
    with pytest.raises(StepError, match="cannot agree to its own date"):
        move(action, DECEMBER, on=JULY, post=action.owner)
    with pytest.raises(StepError, match="must not lie before"):
        move(action, JUNE - timedelta(days=1), on=JULY)
    with pytest.raises(StepError, match="due on 30 June 2016 already"):
        move(action, JUNE, on=JUNE)
    told(action, Status.WITHDRAWN, JULY)
    with pytest.raises(StepError, match="is withdrawn: its date no longer moves"):
        move(action, DECEMBER, on=JULY)
    assert not action.date_revisions.exists()


# Pages


def test_an_officer_moves_a_date_and_the_page_says_why_and_who_agreed(ig_officer):
    action, client = an_action(due_on=JUNE), signed_in(ig_officer)
    done = client.post(page_of(action), typed(action), follow=True)
    page = text(done)
    assert f"{action.reference} is now due 30 December 2016" in page
    told_there = ("First due on 30 June 2016", "extended 1 time", "183 days later", DECISION, "is late")
    for words in told_there:
        assert words in page
    past = text(client.get(action_page(action, "as_at=2016-07-01")))
    assert "How its due date moved" not in past
    assert "30 June 2016" in past


def test_a_date_is_taken_back_on_its_page(ig_officer, moved):
    latest, client = moved.date_revisions.get(due_on=DECEMBER), signed_in(ig_officer)
    address = reverse("actions:take_back_date", args=[moved.reference, latest.pk])
    assert "Answer “Why is it taken back?”" in text(client.post(address, {"reason": ""}))
    page = text(client.post(address, {"reason": "Not quorate"}, follow=True))
    assert "Why it was taken back: <p>Not quorate" in page or "Why it was taken back: Not quorate" in page
    assert "taken back already" in text(client.post(address, {"reason": "Again"}))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Answer “Why does it move?”"),
        ({"agreed_in": ""}, "Say which post or committee agreed"),
        ({"minute": ""}, "Enter the minute that records the decision of the committee"),
        ({"due_on_month": "13"}, "The new date"),
        ({"on": date(2999, 1, 1)}, "The day is in the future"),
        ({"on": OPENED - timedelta(days=1)}, "The action was opened on 18 January 2016"),
        ({"due": JUNE, "on": JUNE}, "is due on 30 June 2016 already"),
        ({"due": JUNE - timedelta(days=1)}, "must not lie before the day on which it was agreed"),
        ({"agreed_by": "999999"}, "which post agreed"),
    ],
)
def test_bad_input_is_said_and_nothing_typed_is_lost(ig_officer, wrong, sentence):
    action = an_action(due_on=JUNE)
    answer = signed_in(ig_officer).post(page_of(action), typed(action, **wrong))
    assert answer.status_code == 200
    assert sentence.lower() in text(answer).lower()
    if "agreed_in" not in wrong:
        assert DECISION in text(answer)
    assert not action.date_revisions.exists()


def test_a_post_and_a_decision_at_once_are_refused(ig_officer):
    action, post = an_action(due_on=JUNE), PostFactory()
    answer = signed_in(ig_officer).post(page_of(action), typed(action, agreed_by=post.pk))
    assert "Give the post or the committee, not both" in text(answer)


def test_a_date_over_one_that_was_not_seen_is_said_first_and_then_saved(ig_officer):
    action, client = an_action(due_on=JUNE), signed_in(ig_officer)
    said = typed(action)
    move(action, SEPTEMBER, on=JULY)
    answer = client.post(page_of(action), said)
    assert "it is now 30 September 2016" in text(answer)
    assert f'value="{action.last_date_recorded()}"' in text(answer)
    assert client.post(page_of(action), typed(action)).status_code == 302
    assert action.date_revisions.count() == 2


def test_the_link_to_move_a_date_is_offered_to_those_who_may(ig_officer, siro):
    action = an_action(due_on=JUNE)
    assert page_of(action) in text(signed_in(ig_officer).get(action_page(action)))
    assert page_of(action) not in text(signed_in(siro).get(action_page(action)))


def test_an_officer_whose_own_post_owns_the_action_does_not_move_its_date():
    officer = play("ig_officer", Role.IG_OFFICER)
    action = ActionFactory(owner=officer.post, due_on=JUNE)
    assert not officer.has_perm("actions.revise_date", action)
    assert officer.has_perm("actions.revise_date", ActionFactory())


def test_a_revision_is_seen_by_whoever_may_open_its_action():
    owner, outsider = play("owner", Role.IAO), play("outsider")
    row = move(ActionFactory(owner=owner.post), today())
    assert list(DateRevision.objects.visible_to(owner)) == [row]
    assert not DateRevision.objects.visible_to(outsider)


def test_the_plan_shows_what_slipped_and_the_date_of_the_moment(ig_officer, moved):
    client = signed_in(ig_officer)
    july = text(client.get(plan_page(moved.plan, "as_at=2016-08-31")))
    assert "30 September 2016" in july
    assert "/figures/actions.overdue_original/" in july
    assert "/figures/actions.extended/" in july
    assert "30 December 2016" in text(client.get(plan_page(moved.plan)))
    listed = text(client.get("/figures/actions.extended/"))
    assert moved.reference in listed
    assert "30 June 2016" in listed
