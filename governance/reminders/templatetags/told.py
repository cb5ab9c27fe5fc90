"""What mails told, for pages of this room and of others: {% load told %}."""

from __future__ import annotations

from typing import Any

from django.template import Context, Library

from assets.models import Asset
from governance.figures.moment import Moment
from governance.reminders.models import Digest
from governance.reminders.representations import words_of

register = Library()
SHOWN = 5


@register.filter
def told_kinds(digest: Digest) -> str:
    """Of what kinds of things a mail told, in words."""
    return words_of(digest.kinds)


@register.inclusion_tag("reminders/about.html", takes_context=True)
def told_about(context: Context, asset: Asset, moment: Moment) -> dict[str, Any]:
    """Who was told about an asset by that day, the latest first. The page has asked who may open it."""
    told = Digest.objects.for_list().about(asset.reference).filter(day__lte=moment.as_at)
    return {"asset": asset, "told": told[:SHOWN], "request": context["request"]}
