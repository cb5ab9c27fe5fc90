"""Publications are recorded, and taken back where nothing was published after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from assets.models import Publication

if TYPE_CHECKING:
    from governance.people.models import User


class TakenBackError(ValueError):
    """Somebody else took the publication back, or corrected it, in the meantime."""


def take_back(publication: Publication, *, by: User, why: str) -> Publication:
    """Append that the publication never happened. Raises TakenBackError if that was said before."""
    try:
        with transaction.atomic():
            return Publication.objects.create(
                obligation=publication.obligation,
                effective_on=publication.effective_on,
                covers_until=publication.covers_until,
                evidence=why,
                corrects=publication,
                void=True,
                recorded_by=by,
            )
    except IntegrityError as refused:
        raise TakenBackError("It has been taken back already") from refused
