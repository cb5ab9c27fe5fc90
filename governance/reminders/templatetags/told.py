"""What mails told, for pages of this room and of others: {% load told %}."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template import Context, Library

from assets.models import Asset
from governance.figures.moment import Moment
from governance.reminders.models import Digest
from governance.reminders.representations import Told, told_of, told_to

register = Library()
SHOWN = 5


@register.simple_tag(takes_context=True)
def as_told(context: Context, digests: Iterable[Digest]) -> list[Told]:
    """Mails as the reader may know of them: {% as_told page as rows %}."""
    return told_to(context["request"].user, digests)


@register.inclusion_tag("reminders/about.html", takes_context=True)
def told_about(context: Context, asset: Asset, moment: Moment) -> dict[str, Any]:
    """Who was told what of an asset by that day, the latest first. The page has asked who may open it."""
    person = context["request"].user
    told = Digest.objects.known_to(person).for_list().about(asset.reference).filter(day__lte=moment.as_at)
    found = told_of(person, told[:SHOWN], asset.reference)
    return {"asset": asset, "told": found, "request": context["request"]}
