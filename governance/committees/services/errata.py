"""Errata: what an issued paper said wrong is said right in a new one, which names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from governance.committees.models import Clearer, Meeting, Paper, PaperSection
from governance.core.steps import StepError

if TYPE_CHECKING:
    from governance.people.models import User

SAID, INSTEAD, WHY = "What the report said", "What it should say", "Why it is corrected"
LONGEST = 300  # a title
# What an erratum has of the paper that it corrects.
ALIKE = (
    "kind",
    "report_of",
    "wards",
    "key_decision",
    "director_approving",
    "cabinet_member",
    "publication_status",
    "security_marking",
)


def begin_erratum(
    wrong: Paper, *, meeting: Meeting, said: str, instead: str, because: str, by: User
) -> Paper:
    """A draft that corrects an issued paper, which never changes. It is issued as any paper is, and cleared
    by the posts that cleared that one.

    Who begins the same twice, with a second click, has begun it once. Raises StepError for a paper that is a
    draft or was withdrawn.
    """
    with transaction.atomic():
        held = Paper.objects.locked().get(pk=wrong.pk)
        if held.is_draft:
            raise StepError("This paper has not been issued. Change the draft itself")
        if held.is_withdrawn:
            raise StepError("This paper was withdrawn. What replaces it says it right")
        texts = {SAID: said, INSTEAD: instead, WHY: because}
        for begun in held.errata.filter(state=Paper.State.DRAFT, created_by=by, meeting=meeting):
            if dict(begun.sections.values_list("heading", "text")) == texts:
                return begun
        return _begun(held, meeting, texts, by)


def _begun(wrong: Paper, meeting: Meeting, texts: dict[str, str], by: User) -> Paper:
    alike = {name: getattr(wrong, name) for name in ALIKE}
    title = f"Erratum to “{wrong.title}”"
    title = title if len(title) <= LONGEST else f"{title[: LONGEST - 2]}…”"
    erratum = Paper.objects.create(**alike, corrects=wrong, meeting=meeting, title=title, created_by=by)
    PaperSection.objects.bulk_create(
        PaperSection(
            paper=erratum, position=place, number=str(place), heading=heading, text=text, mandatory=True
        )
        for place, (heading, text) in enumerate(texts.items(), 1)
    )
    Clearer.objects.bulk_create(
        Clearer(paper=erratum, post_id=each.post_id, part=each.part) for each in wrong.clearers.all()
    )
    return erratum
