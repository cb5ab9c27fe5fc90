"""What a post or person holds, for pages of other rooms: {% load handing %}."""

from __future__ import annotations

from typing import Any

from django.template import Context, Library
from django.urls import reverse

from governance.dashboards.handing import number_held
from governance.people.models import Post, User

register = Library()


@register.inclusion_tag("dashboards/still_held.html", takes_context=True)
def still_held(context: Context, who: Post | User) -> dict[str, Any]:
    """How many entries a post, or all posts of a person, hold that the reader may know of, with the way to
    hand them over."""
    by = context["request"].user
    if isinstance(who, Post):
        return {"number": number_held(who, by=by), "href": reverse("dashboards:hand_over", args=[who.code])}
    posts = Post.objects.filter(pk__in=who.posts())
    return {
        "number": number_held(*posts, by=by),
        "href": reverse("dashboards:hand_over_person", args=[who.pk]),
    }
