"""Who holds which post and role, who may do what, and the administrator's few deeds."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.core.access import get_and_post, reader, require
from governance.core.components import Column
from governance.core.dates import long_date, today
from governance.people import forms
from governance.people.models import Dated, Post, PostHolding, Role, RoleAssignment, User
from governance.people.rules import sentences


def columns(*headings: str) -> list[Column]:
    """Headings of a table that is not sorted."""
    return [Column(text) for text in headings]


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Each role with its posts, whom they are for, and who is in them today."""
    require(request, "people.view_directory")
    posts = Post.objects.for_directory(today())
    roles = by_role(posts)
    return render(
        request,
        "people/directory.html",
        {
            "roles": [(role, carriers) for role, carriers in roles if carriers],
            "idle": [role for role, carriers in roles if not carriers],
            "without": [post for post in posts if not post.charges],
            "role_columns": columns("Post", "For", "In the post today"),
            "post_columns": columns("Post", "Unit", "In the post today"),
        },
    )


def by_role(posts: Iterable[Post]) -> list[tuple[str, list[tuple[Post, RoleAssignment]]]]:
    """Every role in the order of the list, with the posts that carry it; a role nobody carries has none."""
    found: dict[str, list[tuple[Post, RoleAssignment]]] = {role: [] for role in Role.values}
    for post in posts:
        for charge in post.charges:
            found[charge.role].append((post, charge))
    return [(Role(role).label, carriers) for role, carriers in found.items()]


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Who may do what, as sentences: the docstrings of the rules themselves."""
    require(request, "people.view_directory")
    found = {"rooms": sentences(), "rule_columns": columns("What", "Who")}
    return render(request, "people/rules.html", found)


@require_safe
def post(request: HttpRequest, code: str) -> HttpResponse:
    """One post: who was in it, and what it was and is charged with."""
    require(request, "people.view_directory")
    found = get_object_or_404(Post.objects.for_directory(today()), code=code)
    return render(
        request,
        "people/post.html",
        {
            "post": found,
            "today": today(),
            "holdings": found.holdings.select_related("person").order_by("-from_on"),
            "charged": found.role_assignments.select_related("unit").order_by("-from_on", "role"),
            "holding_columns": columns("Person", "How", "From", "Until", "Change"),
            "role_columns": columns("Role", "For", "From", "Until", "Change"),
        },
    )


@require_safe
def persons(request: HttpRequest) -> HttpResponse:
    """Every account, with the posts its person holds today."""
    require(request, "people.administer")
    found = {
        "persons": User.objects.for_directory(today()),
        "columns": columns("Person", "Posts today", "Account"),
    }
    return render(request, "people/persons.html", found)


@get_and_post
def new_person(request: HttpRequest) -> HttpResponse:
    """Enter somebody, and say how they come to a password. The administrator never sees it."""
    require(request, "people.administer")
    said = "{} is entered. To set a password, they ask for a link at {}"
    return enter(request, forms.NewPersonForm, "Add a person", said, "people:persons")


@get_and_post
def new_unit(request: HttpRequest) -> HttpResponse:
    """Enter a unit."""
    require(request, "people.administer")
    return enter(
        request, forms.NewUnitForm, "Add a unit", "{} is entered. It can now have posts", "people:directory"
    )


@get_and_post
def new_post(request: HttpRequest) -> HttpResponse:
    """Enter a post: it is vacant until somebody is appointed."""
    require(request, "people.administer")
    return enter(request, forms.NewPostForm, "Add a post", "{} is entered. Nobody is in the post yet", None)


def enter(
    request: HttpRequest, kind: type[forms.EnterForm], heading: str, said: str, onwards: str | None
) -> HttpResponse:
    """Ask for what is needed and enter it; then on to that address or, without one, to the new page."""
    form = kind(request.POST or None)
    if form.is_valid() and (entered := form.enter()) is not None:
        messages.success(
            request, said.format(entered, request.build_absolute_uri(reverse("account_reset_password")))
        )
        return redirect(onwards or entered)
    return render(request, "people/enter.html", {"form": form, "heading": heading})


@get_and_post
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    """Put somebody into the post."""
    require(request, "people.administer")
    found = get_object_or_404(Post.objects.for_change(), code=code)
    form = forms.AppointForm(request.POST or None, post=found, by=reader(request))
    if form.is_valid():
        require(request, "people.appoint", form.cleaned_data["person"])
        holding = form.save()
        messages.success(request, f"{holding.person} holds {found} from {long_date(holding.from_on)}")
        return redirect(found)
    return render(request, "people/appoint.html", {"post": found, "form": form})


@get_and_post
def give_role(request: HttpRequest, code: str) -> HttpResponse:
    """Charge the post with a role."""
    require(request, "people.administer")
    found = get_object_or_404(Post.objects.for_change(), code=code)
    require(request, "people.give_role", found)
    form = forms.GiveRoleForm(request.POST or None, post=found)
    if form.is_valid():
        given = form.save()
        messages.success(request, f"{found} is {given.get_role_display()} from {long_date(given.from_on)}")
        return redirect(found)
    return render(request, "people/give_role.html", {"post": found, "form": form})


@get_and_post
def end_holding(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody's time in a post end."""
    require(request, "people.administer")
    holding = get_object_or_404(PostHolding.objects.for_change(), pk=pk)
    require(request, "people.end_holding", holding)
    return end(request, holding, holding.post)


@get_and_post
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role from a post."""
    require(request, "people.administer")
    given = get_object_or_404(RoleAssignment.objects.for_change(), pk=pk)
    require(request, "people.end_role", given)
    return end(request, given, given.post)


def end(request: HttpRequest, dated: Dated, of: Post) -> HttpResponse:
    """Ask for the last day, and set it."""
    form = forms.EndForm(request.POST or None, dated=dated)
    if form.is_valid():
        form.save()
        messages.success(request, f"{dated}: the last day is {long_date(form.cleaned_data['until_on'])}")
        return redirect(of)
    return render(request, "people/end.html", {"dated": dated, "post": of, "form": form})


@get_and_post
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse somebody from now on, and let their posts end today."""
    require(request, "people.administer")
    leaver = get_object_or_404(User, pk=pk)
    require(request, "people.deactivate_person", leaver)
    if request.method == "POST":
        leaver.deactivate(today())
        messages.success(request, f"{leaver} can no longer sign in")
        return redirect("people:persons")
    return render(request, "people/deactivate.html", {"leaver": leaver})
