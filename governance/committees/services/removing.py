"""Taking out of a draft again what was written in it: a section, a recommendation, a section of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from governance.committees.models import PaperSection, Recommendation, TemplateSection
from governance.committees.models.placing import Placed
from governance.core.steps import StepError
from governance.history.adopting import draft_of

if TYPE_CHECKING:
    from governance.people.models import User


def remove_section(section: PaperSection, seen: int | None, *, by: User) -> None:
    """Out of the draft of a paper. Raises StepError where it must have text: that it has none is overridden
    by the proper officer for a reason that is printed, and not by leaving the heading out. It raises it too
    where somebody else has said something about it that nobody has settled: comments go with their section.
    """
    if section.mandatory:
        raise StepError(
            f"The section “{section}” must have text, so it is not removed. Write it, or ask the proper "
            "officer to let the paper be issued without"
        )
    threads = section.comments.open().values("pk")
    said = section.comments.filter(Q(pk__in=threads) | Q(answers__in=threads))
    if said.exclude(written_by=by).exists():
        raise StepError(
            f"Somebody else has commented on the section “{section}”, and comments go with their section. "
            "Settle them first"
        )
    _remove(section, seen, called="section")


def remove_recommendation(kept: Recommendation, seen: int | None) -> None:
    """Out of the draft of a paper. Raises StepError where its words are not those seen."""
    _remove(kept, seen, called="recommendation")


@transaction.atomic
def remove_template_section(section: TemplateSection, seen: int | None) -> None:
    """Out of the draft of a form. Raises StepError where the form was adopted, or it changed since."""
    kept = draft_of(section.template).sections.filter(pk=section.pk).first()
    if kept is None:
        raise StepError("Somebody else removed this section")
    _remove(kept, seen, called="section")


def _remove(kept: Placed, seen: int | None, *, called: str) -> None:
    if kept.changed_since(seen):
        raise StepError(f"Somebody else changed this {called} after you opened it. Read it again first")
    kept.delete()
