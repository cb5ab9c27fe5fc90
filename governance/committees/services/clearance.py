"""Clearance: who is asked, what is sent out, and what comes back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from governance.committees.clearing import ROLES, Stage, Standing, Words, changed, clearing_of
from governance.committees.models import Clearance, ClearanceAnswer, Clearer, Paper, Sending
from governance.core.dates import long_date, today
from governance.core.steps import StepError
from governance.history.trail import because
from governance.people.models import Post, PostHolding, RoleAssignment

if TYPE_CHECKING:
    from governance.people.models import User

ISSUED = "This paper has been issued already. It never changes"


def name_clearer(paper: Paper, *, post: Post, part: str) -> Clearer:
    """Let a post contribute to a draft or clear it. Raises StepError where it does so already."""
    try:
        with transaction.atomic(), because("Named for clearance"):
            _locked(paper)
            return Clearer.objects.create(paper=paper, post=post, part=part)
    except IntegrityError:
        raise StepError(f"The {post} is in the table already", "post") from None


def name_those_asked_for(paper: Paper) -> list[Clearer]:
    """Name a post for everything that the form of the paper wants cleared, and nobody clears yet.

    It is the post named on the front sheet, if that has the role; else the only one that has it for the whole
    council. Where there are several, or none, nobody is named: that is for a person to choose.
    """
    found = {part: _post_for(paper, part) for part in clearing_of(paper).missing}
    named = set(paper.clearers.values_list("post", flat=True))
    made = []
    for part, post in found.items():
        if post and post.pk not in named:
            named.add(post.pk)
            made.append(name_clearer(paper, post=post, part=part))
    return made


def _post_for(paper: Paper, part: str) -> Post | None:
    charged = (
        RoleAssignment.objects.in_force(today()).filter(role=ROLES[Clearance(part)]).select_related("post")
    )
    given = list(charged)
    on_front = [
        each.post for each in given if each.post.title in (paper.director_approving, paper.cabinet_member)
    ]
    of_all = [each.post for each in given if each.unit_id is None]
    found: list[Post] = on_front or (of_all if len(of_all) == 1 else [])
    return found[0] if found else None


def take_off(clearer: Clearer) -> None:
    """Take a post out of the table. Raises StepError once something was sent to it: that stays."""
    with transaction.atomic(), because("Taken out of the table of clearances"):
        _locked(clearer.paper)
        if sent := clearer.sendings.first():
            raise StepError(
                f"The {clearer} stays in the table: the paper was sent there on {long_date(sent.sent_on)}"
            )
        clearer.delete()


def send(
    paper: Paper, clearers: Collection[Clearer], *, by: User, sent_on: date | None = None, document: str = ""
) -> list[Sending]:
    """Send a draft for clearance to posts that have no request open. Raises StepError where one has.

    With the `document` that says so, on the day `sent_on` of the past (history brought in).
    """
    with transaction.atomic():
        _locked(paper)
        wanted = {each.pk for each in clearers}
        standing = [each for each in clearing_of(paper).posts if each.clearer.pk in wanted]
        return [_sent(each, by, sent_on or today(), document) for each in standing]


def _sent(standing: Standing, by: User, sent_on: date, document: str) -> Sending:
    if not standing.may_be_sent:
        raise StepError(f"The {standing.clearer}: {standing.stage.value.lower()}. It is not sent twice")
    return Sending.objects.create(
        clearer=standing.clearer,
        number=standing.sending.number + 1 if standing.sending else 1,
        sent_on=sent_on,
        sent_by=by,
        sent_as=by.post_title,
        source_document=document,
    )


def answer(clearer: Clearer, *, outcome: str, comment: str, seen: Words, by: User) -> ClearanceAnswer:
    """Clear the paper, or return it with a comment. `seen` are the words that the person was shown.

    Who answers the same twice, with a second click, is answered once; another comment is another answer.
    Raises StepError for everything that stands against it: another version, another post, an own paper.
    """
    with transaction.atomic():
        paper = _locked(clearer.paper)
        standing = next(each for each in clearing_of(paper).posts if each.clearer.pk == clearer.pk)
        last = standing.answer
        said = (by.pk, outcome, comment, seen)
        if last and (last.answered_by_id, last.outcome, last.comment, last.words) == said:
            return last
        if refused := why_not_clear(standing, by):
            raise StepError(refused)
        if moved := changed(seen, standing.words):
            raise StepError(
                f"The paper has changed since you opened it: {', '.join(moved)}. Read it as it stands now, "
                "then answer"
            )
        return _answered(standing, outcome, comment, by)


def _answered(standing: Standing, outcome: str, comment: str, by: User) -> ClearanceAnswer:
    sending = standing.sending
    assert sending is not None, "what was not sent is refused before"
    return ClearanceAnswer.objects.create(
        sending=sending,
        number=sending.answers.count() + 1,
        outcome=outcome,
        comment=comment,
        version=standing.version,
        answered_by=by,
        answered_as=standing.clearer.post.title,
    )


def bring_in(
    sending: Sending, *, outcome: str, answered_on: date, document: str, by: User, comment: str = ""
) -> ClearanceAnswer:
    """Record an answer of the past by the document that says so; who records it does not clear the paper."""
    with transaction.atomic():
        _locked(sending.clearer.paper)
        return ClearanceAnswer.objects.create(
            sending=sending,
            number=sending.answers.count() + 1,
            outcome=outcome,
            comment=comment,
            answered_on=answered_on,
            answered_by=by,
            answered_as=sending.clearer.post.title,
            source_document=document,
        )


def why_not_clear(standing: Standing, person: User) -> str:
    """Why this person cannot answer for the post now, as a sentence; "" where they can."""
    clearer = standing.clearer
    if not clearer.paper.is_draft:
        return ISSUED
    if not person.occupies(clearer.post_id):
        return _not_in_post(clearer.post, person)
    if clearer.paper.created_by_id == person.pk:
        return "You began this paper, and nobody clears a paper of their own. The proper officer can say more"
    if standing.stage is Stage.NOT_SENT:
        return f"The paper has not been sent to the {clearer} yet"
    if standing.stage is Stage.RETURNED:
        return f"The paper came back on {standing.returned} with a comment. It has to be sent again first"
    if standing.stage is Stage.CLEARED:
        return f"The {clearer} cleared the paper on {standing.returned}, and its words are the same since"
    return ""


def _not_in_post(post: Post, person: User) -> str:
    """That the paper was sent to another post, or to one that the person has left; and who is there now."""
    found = Post.objects.for_directory(today()).get(pk=post.pk)
    now = " and ".join(str(each.person) for each in found.holders)
    there = f"In the post now: {now}" if now else found.vacancy
    left = (
        PostHolding.objects.filter(post=post, person=person, until_on__lt=today())
        .order_by("-until_on")
        .first()
    )
    if left and left.until_on:
        return f"You left the post of {post} on {long_date(left.until_on)}. {there}"
    return f"The paper was sent to the {post}, and nobody clears for another. {there}"


def _locked(paper: Paper) -> Paper:
    """The paper, its row locked. Raises StepError once it is issued."""
    held = Paper.objects.locked().get(pk=paper.pk)
    if not held.is_draft:
        raise StepError(ISSUED)
    return held


def delete_draft(paper: Paper) -> None:
    """Delete a draft; the trail keeps what it said. Raises StepError once it was sent for clearance."""
    with transaction.atomic():
        held = _locked(paper)
        if Sending.objects.filter(clearer__paper=held).exists():
            raise StepError(
                "This draft was sent for clearance, and what was sent stays. Withdraw it from the agenda"
            )
        held.delete()
