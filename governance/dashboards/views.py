"""What each person finds first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from governance.core.access import get_and_post, posted, reader, require
from governance.core.dates import long_date, today
from governance.core.filtering import paginate
from governance.dashboards import services
from governance.dashboards.consequences import crossings, suspensions
from governance.dashboards.forms import HandOverForm, WithdrawForm
from governance.dashboards.models import HandOver
from governance.dashboards.planned import all_held_up
from governance.dashboards.representations import MyWork
from governance.figures.moment import Moment
from governance.people.models import Post, User

LATEST = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """My work: what waits for the person who is signed in, whatever they hold."""
    return render(request, "dashboards/home.html", {"work": MyWork(reader(request), Moment.now())})


@require_safe
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Whose post is handed over: one's own, or any for those who keep the registers; and what is planned."""
    person = reader(request)
    require(request, "dashboards.begin_hand_over")
    posts = Post.objects.order_by("title")
    if not person.has_perm("dashboards.hand_over_any"):
        posts = posts.filter(pk__in=person.posts())
    known = HandOver.objects.visible_to(person).for_list()
    held_up = all_held_up(HandOver.objects.due(today()))
    page = {
        "page": paginate(request, posts),
        "planned": [(each, held_up.get(each.pk)) for each in known.planned()],
        "over": known.exclude(state=HandOver.State.PLANNED)[:LATEST],
    }
    return render(request, "dashboards/hand_overs.html", page)


@get_and_post
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that a post holds, and handing it over."""
    require(request, "dashboards.begin_hand_over")
    post = get_object_or_404(Post, code=code)
    require(request, "dashboards.hand_over", post)
    return handing(request, [post], f"the {post}")


@get_and_post
def hand_over_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that the posts of a person hold, and handing it over."""
    require(request, "dashboards.begin_hand_over")
    leaver = get_object_or_404(User, pk=pk)
    require(request, "dashboards.hand_over_person", leaver)
    posts = list(Post.objects.filter(pk__in=leaver.posts()).order_by("title"))
    return handing(request, posts, str(leaver))


def handing(request: HttpRequest, posts: list[Post], whose: str) -> HttpResponse:
    """The form, then the page to check what goes, then the deed: only for what was seen there."""
    bundle = services.Bundle(posts, reader(request))
    form = HandOverForm(posted(request), posts=posts)
    page = {"bundle": bundle, "whose": whose, "form": form, "posts": posts}
    if not form.is_valid() or not bundle.count or "change" in request.POST:
        return render(request, "dashboards/hand_over.html", page)
    if not (seen := request.POST.get("seen")):
        return to_check(request, page)
    try:
        made = services.plan(posts, seen=seen, by=reader(request), **form.cleaned_data)
    except services.MovedOnError:
        return to_check(request, page | {"bundle": services.Bundle(posts, reader(request)), "moved_on": True})
    except services.PlannedAlreadyError:
        form.add_error(None, f"What {whose} holds is to be handed over already: withdraw that first")
        return render(request, "dashboards/hand_over.html", page)
    messages.success(request, told(made))
    return redirect("dashboards:hand_overs")


def to_check(request: HttpRequest, page: dict[str, Any]) -> HttpResponse:
    """What goes where and when, and what the post that takes over could not do with it."""
    said, bundle = page["form"].cleaned_data, page["bundle"]
    if not bundle.count:
        return render(request, "dashboards/hand_over.html", page)
    page["warnings"] = [
        *bundle.warnings(said["to"], said["from_on"], reader(request)),
        *crossings(bundle.posts, said["to"], said["from_on"]),
    ]
    page["suspensions"] = suspensions(bundle.posts, said["from_on"])
    return render(request, "dashboards/check.html", page)


def told(made: list[HandOver]) -> str:
    """What has been handed over, or will be."""
    to, day = made[0].to_post, made[0].from_on
    if made[0].state == HandOver.State.PLANNED:
        return f"Planned: all of it goes to {to} on {long_date(day)}"
    number = sum(each.entries or 0 for each in made)
    return f"{number} entr{'y' if number == 1 else 'ies'} handed over to {to}"


@get_and_post
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a hand-over that is planned: asked first, with the reason."""
    require(request, "dashboards.begin_hand_over")
    planned = get_object_or_404(HandOver.objects.visible_to(reader(request)).for_list(), pk=pk)
    require(request, "dashboards.withdraw_hand_over", planned)
    form = WithdrawForm(posted(request))
    if planned.state == HandOver.State.PLANNED and not form.is_valid():
        return render(request, "dashboards/withdraw.html", {"planned": planned, "form": form})
    if form.is_valid() and services.withdraw(planned, form.cleaned_data["change_reason"]):
        messages.success(request, "The hand-over is withdrawn")
    else:
        messages.info(request, "This hand-over is planned no more")
    return redirect("dashboards:hand_overs")
