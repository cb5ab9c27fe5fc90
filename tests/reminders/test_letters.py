"""What a person is told at once: a paper sent for clearance, once, beside the mail of the day."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance.committees.models import Meeting
from governance.committees.services import clearance
from governance.core.dates import today
from governance.people.models import User
from governance.reminders import tasks
from governance.reminders.models import Digest
from tests.cast import play, signed_in
from tests.committees.clearing import answered
from tests.committees.factories import PaperFactory
from tests.factories import PostHoldingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(db):
    """A paper of the clerk, sent to the finance director."""
    clerk, finance = play("clerk", "committee_officer"), play("finance_director", "finance_approver")
    paper = PaperFactory(to_come=True, created_by=clerk, title="Costs of moving")
    clearer = clearance.name_clearer(paper, post=finance.post, part="finance")
    clearance.send(paper, [clearer], by=clerk)
    return clearer


def letters():
    tasks.write_letters()
    return list(Digest.objects.exclude(about="").order_by("pk"))


def test_who_is_in_the_post_is_told_at_once_by_a_link_and_once(sent):
    acting = PostHoldingFactory(post=sent.post, kind="acting").person
    first, second = letters()
    assert {first.person_id, second.person_id} == {sent.post.holdings.first().person_id, acting.pk}
    assert sent.get_absolute_url() in first.body
    assert "waits for your clearance as Finance director" in first.subject
    assert "Costs of moving" not in first.body + first.subject
    assert letters() == [first, second]
    tasks.send_digest(digest_id=first.pk)
    assert [each.subject for each in mail.outbox] == [first.subject]


def test_who_has_answered_has_no_address_or_is_asked_for_no_meeting_is_not_told(sent):
    finance = User.objects.get(pk=sent.post.holdings.get().person_id)
    User.objects.filter(pk=finance.pk).update(email="")
    assert letters() == []
    User.objects.filter(pk=finance.pk).update(email="finance@example.org")
    Meeting.objects.update(state="cancelled", reason="Snow")
    assert letters() == []
    Meeting.objects.update(state="planned", reason="")
    answered(sent, finance)
    assert letters() == []


def test_a_letter_leaves_the_mail_of_the_day_as_it_is(sent):
    (letter,) = letters()
    tasks.compose_digests()
    daily = Digest.objects.get(about="")
    assert (daily.person_id, daily.day) == (letter.person_id, letter.day)
    with pytest.raises(IntegrityError, match="person_gets_a_letter_once"), transaction.atomic():
        Digest.objects.create(
            person=letter.person, day=today(), about=letter.about, subject="x", body="x", items=[]
        )
    page = signed_in(letter.person).get(reverse("reminders:mine")).content.decode()
    assert page.count("Papers to clear") == 2
