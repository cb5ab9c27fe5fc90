"""The rules in force, their versions, writing the next and putting it in force."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from governance.colours.forms.rule import AdoptForm, RuleForm
from governance.colours.models import REGISTERS, ColourRule
from governance.colours.representations.definition import Definition, of_rule, shipped
from governance.colours.representations.preview import preview
from governance.colours.services import rule as services
from governance.core.access import get_and_post, posted, require
from governance.core.dates import long_date, today
from governance.core.forms.adopting import BeginForm, TakeBackForm
from governance.core.steps import done
from governance.history import adopting
from governance.history.timeline import timeline


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rule in force for each register, and every version of it."""
    require(request, "colours.view_rules")
    every = list(ColourRule.objects.all())
    page = []
    for register in REGISTERS:
        standing = ColourRule.objects.of(register).in_force(today())
        versions = [each for each in every if each.register == register]
        page.append((register, standing, of_rule(standing).told() if standing else [], versions))
    return render(request, "colours/rules.html", {"registers": page})


@require_safe
def rule(request: HttpRequest, number: int) -> HttpResponse:
    """One version: its lines in words, and its history."""
    require(request, "colours.view_rules")
    found = get_object_or_404(ColourRule, number=number)
    page = {"rule": found, "lines": of_rule(found).told(), "events": timeline(found)}
    return render(request, "colours/rule.html", page)


@get_and_post
def new_rule(request: HttpRequest, register: str) -> HttpResponse:
    """Begin a version: as shipped, or as the one in force."""
    require(request, "colours.write_rule")
    if register not in REGISTERS:
        raise Http404
    offered = {"shipped": shipped(register)}
    if standing := ColourRule.objects.of(register).in_force(today()):
        offered = {"standing": of_rule(standing), **offered}
    words = {"standing": "The one in force now", "shipped": "The one that comes with the product"}
    choices = [(key, f"{words[key]}: {each.name}") for key, each in offered.items()]
    form = BeginForm(posted(request), offered=choices)
    if form.is_valid():
        made = services.begin(offered[form.cleaned_data["start"]])
        messages.success(request, f"{made} begun as a draft")
        return redirect("colours:write_rule", made.number)
    return render(request, "colours/new.html", {"form": form, "register": register})


@get_and_post
def write_rule(request: HttpRequest, number: int) -> HttpResponse:
    """Write a draft; "Preview" says what it would turn, and saves nothing."""
    require(request, "colours.write_rule")
    found = get_object_or_404(ColourRule, number=number)
    if found.from_on:
        messages.info(request, f"{found} is adopted, so it stands as it is. Begin a new version")
        return redirect(found)
    standing = of_rule(found)
    form = RuleForm(posted(request), definition=standing)
    page: dict[str, object] = {"form": form, "rule": found, "noun": REGISTERS[found.register].noun}
    if form.is_valid():
        if "preview" in request.POST:
            page |= previewed(form.definition())
        elif done(form, lambda: services.write(found, form.definition(), seen=form.cleaned_data["seen"])):
            messages.success(request, f"{found} saved")
            return redirect(found)
        else:
            form.data = {**request.POST.dict(), "seen": standing.digest}
    return render(request, "colours/write.html", page)


@get_and_post
def adopt(request: HttpRequest, number: int) -> HttpResponse:
    """Put a draft in force from a day, with what it would turn before the person."""
    found = get_object_or_404(ColourRule, number=number)
    require(request, "colours.adopt_rule", found)
    standing = of_rule(found)
    form = AdoptForm(posted(request), seen=standing.digest, offered=services.first_day(found.register))
    if form.is_valid() and done(form, lambda: services.adopt(found, **form.cleaned_data)):
        messages.success(request, f"{found} is in force from {long_date(form.cleaned_data['from_on'])}")
        return redirect(found)
    if form.is_bound:  # what is shown now is what the next click is about
        form.data = {**request.POST.dict(), "seen": standing.digest}
    page = {"form": form, "rule": found, "noun": REGISTERS[found.register].noun}
    return render(request, "colours/adopt.html", page | previewed(standing))


@get_and_post
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Put a version that is not in force yet back among the drafts."""
    require(request, "colours.take_back_rule")
    found = get_object_or_404(ColourRule, number=number)
    form = TakeBackForm(posted(request))
    if form.is_valid() and done(form, lambda: adopting.withdraw(found, **form.cleaned_data)):
        messages.success(request, f"{found} is a draft again")
        return redirect(found)
    return render(request, "colours/withdraw.html", {"form": form, "rule": found})


def previewed(says: Definition) -> dict[str, object]:
    """What the template of a preview needs: the lines in words, and what would turn."""
    return {"lines": says.told(), "preview": preview(services.turned(says))}
