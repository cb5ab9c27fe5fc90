"""The first due date is the same wherever it is shown."""

from datetime import date

import pytest
from django.urls import reverse

from actions.models import Action
from actions.representations.asking_work import work_of
from actions.representations.dates import dates_of
from actions.representations.files.facts import DUE
from actions.representations.files.leaving import dated
from actions.representations.files.standing import standing
from actions.services.dates import take_back
from governance.figures.moment import Moment
from tests.actions.factories_extensions import asked, in_days
from tests.actions.moving import move
from tests.actions.pages import action_page, an_action, known, text
from tests.actions.test_order_page import order_page
from tests.cast import signed_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
JUNE, JULY, SEPTEMBER, DECEMBER = (date(2016, month, 30) for month in (6, 7, 9, 12))


def entered_with_a_day():
    """Due in July from the start, and moved."""
    action = an_action(due_on=JULY)
    move(action, DECEMBER, on=JUNE, **known(JUNE))
    return action


def given_a_day_later():
    """Entered without a day: the one given first was taken back."""
    action = an_action()
    wrong = move(action, SEPTEMBER, on=date(2016, 5, 30), **known(date(2016, 5, 30)))
    take_back(wrong, reason="Not quorate", by=UserFactory())
    move(action, JULY, on=JUNE, **known(JUNE))
    move(action, DECEMBER, on=JULY, **known(JULY))
    return action


@pytest.mark.parametrize("made", [entered_with_a_day, given_a_day_later])
def test_the_first_due_date_is_one_on_pages_lists_exports_and_when_all_is_done(made, ig_officer):
    action, now = made(), Moment.now()
    exported = Action.objects.annotate(**dated(now)).get(pk=action.pk)
    said = [
        dates_of(action, action.date_revisions.for_story(), now).first,
        work_of(action.plan, now, ig_officer).items[action.pk].first_due,
        exported.file_first_due,
        date.fromisoformat(standing([action.pk])[action.pk][DUE]["first"]),
    ]
    assert said == [JULY] * 4
    client = signed_in(ig_officer)
    assert "First due on 30 July 2016" in text(client.get(action_page(action)))
    assert "30 July 2016" in text(client.get(order_page(action.plan)))
    action.refresh_from_db()
    request = asked(action, by=UserFactory(), due_on=in_days(60))
    page = client.get(reverse("actions:answer_extension", args=[action.reference, request.pk]))
    assert page.context["first_due"] == JULY
    assert "30 July 2016" in text(page)
