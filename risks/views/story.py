"""The history on the page of a risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets.representations.told import told_to
from governance.core.access import reader
from risks.forms.story import StoryForm
from risks.representations.affected import told_of_harm
from risks.representations.merging import told_of_merging
from risks.representations.story import chosen, story_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from risks.models import Risk
    from risks.representations.acceptance import Accepted
    from risks.representations.scores import Scores


def told_page(
    request: HttpRequest, found: Risk, page: dict[str, Any], scores: Scores, accepted: Accepted
) -> dict[str, Any]:
    """The history of a risk, of the kinds that the address asks for, with the form that asks."""
    shown, person = StoryForm(request.GET), reader(request)
    events = told_of_merging(told_to(person, page["events"], ["Asset"]), person)
    events = [told_of_harm(each) for each in events]
    told = story_of(found, page["moment"], person, events, scores.known, accepted.recorded)
    return {"shown": shown, "told": chosen(told, shown.kinds())}
