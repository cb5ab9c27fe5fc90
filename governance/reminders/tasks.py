"""What the worker does: compose digests and send them. The row is the truth, and messages only wake."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from governance.core.dates import today
from governance.people.letters import all_letters
from governance.people.models import PostHolding, User
from governance.reminders.models import GIVEN_UP, HINT_SECONDS, Digest, last_digests
from governance.reminders.representations import body_of, letter_of, said_in, subject_of, waiting_for

logger = logging.getLogger(__name__)

NOT_SET_UP = "Mail is not set up: nobody has said where it is to be sent from (EMAIL_URL)"
LEFT = "The person had left before it was sent"
REFUSED = "The mail server did not take it. The cause is in the worker's log"


def hint(digest_id: int) -> None:
    """Tell a worker that there is something to send. Raises without a broker: the sweeper comes later."""
    expires = HINT_SECONDS + settings.DIGEST_SWEEP_SECONDS
    send_digest.apply_async(kwargs={"digest_id": digest_id}, retry=False, expires=expires)


@shared_task(acks_late=True, ignore_result=True, time_limit=settings.DIGEST_LEASE_SECONDS)
def send_digest(*, digest_id: int, **ignored: object) -> None:
    """Send a digest. One that somebody else holds, that is sent or put off, is left alone.

    At least once: a worker that dies after the server took the mail and before the row says so leaves a
    lapsed lease, and the mail is sent again (docs/decisions/0004-the-row-is-the-truth.md).
    """
    lease = timedelta(seconds=settings.DIGEST_LEASE_SECONDS)
    if not (digest := Digest.claim(digest_id, lease=lease)):
        return
    if not digest.person.is_active:
        digest.give_back(LEFT, for_good=True)
        return
    try:
        mail = EmailMessage(subject=digest.subject, body=digest.body, to=[digest.address])
        sent = mail.send(fail_silently=False)
    except (SMTPException, OSError, ValueError):  # the server, the way to it, or the letter itself
        logger.exception("Digest %s was not sent on attempt %s", digest.pk, digest.attempt)
        digest.give_back(REFUSED)
        return
    if sent:
        digest.finish()
    else:
        digest.give_back(NOT_SET_UP)


@shared_task(ignore_result=True)
def sweep_digests(**ignored: object) -> None:
    """Send what nobody holds, and say so where every attempt was in vain; then write what is told at once."""
    Digest.objects.exhausted().give_up(GIVEN_UP)
    for pk in Digest.objects.unheld().values_list("pk", flat=True):
        hint(pk)
    write_letters()


@shared_task(ignore_result=True)
def compose_digests(**ignored: object) -> None:
    """Write today's digests, one for each person for whom something new waits, or something for a week.

    Who has no address is written none.
    """
    since = today() - timedelta(days=settings.DIGEST_EVERY_DAYS - 1)
    told = last_digests(since)
    holders = PostHolding.objects.in_force(today()).values("person")
    people = User.objects.active().exclude(email="").filter(pk__in=holders)
    for person in people.exclude(pk__in=Digest.objects.filter(day=today(), about="").values("person")):
        try:
            with transaction.atomic():
                compose(person, told.get(person.pk))
        except Exception:  # whatever it is, it is one person's: the others are to be told today
            logger.exception("No digest could be written for person %s", person.pk)


def compose(person: User, last: Digest | None) -> Digest | None:
    """The digest of one person, unless there is nothing that the last one did not say. Never two a day.

    That less waits than the last one said is nothing new: who works off a list is not told of the rest daily.
    """
    items = waiting_for(person)
    said = [each.as_json() for each in items]
    if said_in(said) <= said_in(last.items if last else []):
        return None
    digest, _ = Digest.objects.get_or_create(
        person=person,
        day=today(),
        about="",
        defaults={
            "post": person.post_title,
            "address": person.email,
            "subject": subject_of(items),
            "body": body_of(items),
            "items": said,
        },
    )
    return digest


def write_letters() -> None:
    """Write what persons are told at once, each of it once. The next sweep sends it."""
    letters = [each for each in all_letters() if each.person.is_active and each.person.email]
    about = {each.about for each in letters}
    written = set(Digest.objects.filter(about__in=about).values_list("person", "about"))
    for each in letters:
        if (each.person.pk, each.about) not in written:
            Digest.objects.get_or_create(
                person=each.person,
                about=each.about,
                defaults={
                    "post": each.person.post_title,
                    "day": today(),
                    "address": each.person.email,
                    "subject": subject_of([each.told]),
                    "body": letter_of(each.told),
                    "items": [each.told.as_json()],
                },
            )
