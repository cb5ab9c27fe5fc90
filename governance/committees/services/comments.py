"""Comments on the sections of a draft: written, replied to, settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.functions import Now

from governance.committees.models import Paper, PaperSection, SectionComment
from governance.core.steps import StepError
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User


def comment(section: PaperSection, *, text: str, by: User) -> SectionComment:
    """Say something about a section of a draft. Raises StepError once the paper is issued."""
    with transaction.atomic(), because("Commented on a draft"):
        _locked(section.paper_id)
        return _said_once(section, None, text, by)


def reply(thread: SectionComment, *, text: str, by: User) -> SectionComment:
    """Reply to a comment. Raises StepError where it was settled in the meantime."""
    with transaction.atomic(), because("Replied to a comment"):
        return _said_once(thread.section, _open(thread), text, by)


def _said_once(section: PaperSection, thread: SectionComment | None, text: str, by: User) -> SectionComment:
    """What was said; who says the same again at once, with a second click, has said it already."""
    last = SectionComment.objects.filter(section=section, answers=thread).last()
    if last and last.is_open and (last.written_by_id, last.text) == (by.pk, text):
        return last
    return SectionComment.objects.create(
        section=section, answers=thread, text=text, written_by=by, written_as=by.post_title
    )


def settle(thread: SectionComment, *, by: User) -> SectionComment:
    """Say that nothing is left to do about a comment. Raises StepError where somebody has said so."""
    with transaction.atomic(), because("Settled a comment"):
        kept = _open(thread)
        SectionComment.objects.filter(pk=kept.pk).update(
            settled_by=by, settled_as=by.post_title, settled_at=Now()
        )
        return kept


def _open(thread: SectionComment) -> SectionComment:
    """The comment as it stands, its row locked after that of the paper."""
    _locked(thread.section.paper_id)
    kept = SectionComment.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    if not kept.is_open:
        raise StepError(f"{kept.settled_as or 'Somebody'} has settled this comment. Write a new one", "text")
    return kept


def _locked(paper: int) -> None:
    if not Paper.objects.locked().get(pk=paper).is_draft:
        raise StepError("This paper has been issued. Nothing is added to it", "text")
