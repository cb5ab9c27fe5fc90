"""What each person finds first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from governance.core.access import reader, require
from governance.core.filtering import paginate
from governance.dashboards import services
from governance.dashboards.forms import HandOverForm
from governance.dashboards.representations import MyWork
from governance.figures.moment import Moment
from governance.people.models import Post


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """My work: what waits for the person who is signed in, whatever they hold."""
    return render(request, "dashboards/home.html", {"work": MyWork(reader(request), Moment.now())})


@require_safe
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Whose post is handed over: one's own, or any for those who keep the registers."""
    person = reader(request)
    require(request, "dashboards.begin_hand_over")
    posts = Post.objects.order_by("title")
    if not person.has_perm("dashboards.hand_over_any"):
        posts = posts.filter(pk__in=person.posts())
    return render(request, "dashboards/hand_overs.html", {"page": paginate(request, posts)})


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that a post holds, and handing it over."""
    require(request, "dashboards.begin_hand_over")
    post = get_object_or_404(Post, code=code)
    require(request, "dashboards.hand_over", post)
    form = HandOverForm(request.POST or None, post=post)
    if form.is_valid():
        to = form.cleaned_data["to"]
        number = services.hand_over(post, to=to, reason=form.cleaned_data["change_reason"])
        messages.success(
            request, f"{number} entr{'y' if number == 1 else 'ies'} of {post} handed over to {to}"
        )
        return redirect("dashboards:hand_over", code)
    found = {"post": post, "held": services.held(post), "form": form}
    return render(request, "dashboards/hand_over.html", found)
