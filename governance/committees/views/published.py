"""What committees were given in public: no sign-in, no records behind figures, tombstones where withdrawn."""

from __future__ import annotations

from http import HTTPStatus

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from governance.committees import opened
from governance.committees.listed import copies_in
from governance.committees.models import (
    Edition,
    Meeting,
    Paper,
    PublishedFigure,
    Rendering,
    RestatementNote,
    Takedown,
    Verification,
)
from governance.committees.models.agenda import AS_ISSUED
from governance.committees.models.rendering import RenderingQuerySet
from governance.committees.representations import (
    NotAsIssuedError,
    in_full,
    line_of,
    published,
    stored,
    told_of,
    untouched,
)
from governance.committees.views.attached import file_of
from governance.committees.views.files import saved
from governance.committees.views.openly import for_anybody
from governance.core.dates import today
from governance.core.filtering import paginate


@for_anybody
def papers(request: HttpRequest) -> HttpResponse:
    """Meetings with the papers that were published for them, the latest first."""
    open_to_all = Paper.objects.published(today()).select_related("takedown", "agenda_item")
    told = PublishedFigure.objects.filter(paper=OuterRef("pk"), exempt=False)
    open_to_all = open_to_all.annotate(has_figures=Exists(told), goes_out=AS_ISSUED).order_by("title", "pk")
    meetings = Meeting.objects.named().filter(pk__in=open_to_all.order_by().values("meeting"))
    meetings = meetings.prefetch_related(Prefetch("papers", open_to_all))
    return render(request, "published/papers.html", {"page": paginate(request, meetings)})


@for_anybody
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest public version of a paper, with what was corrected since; a tombstone where withdrawn."""
    found = _published(pk)
    if tombstone := Takedown.objects.filter(paper=found).first():
        return _gone(request, tombstone)
    edition = _latest(found)
    try:
        page = published(found, edition)
    except NotAsIssuedError:
        return _not_as_issued(request, found)
    page |= {
        "files": _files(found, edition).without_file(),
        "corrected": _corrected(found),
        "errata": Paper.objects.published(today()).filter(corrects=found, takedown=None).order_by("pk"),
        "verified": Verification.objects.filter(
            state=Verification.State.DONE, requested_at__gte=page["issue"].issued_at
        ).first(),
    }
    return render(request, "published/paper.html", page)


@for_anybody
def figure(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """A figure of a paper: its number, what it counts, what the paper says with it, and its corrections."""
    found = _published(pk)
    if tombstone := Takedown.objects.filter(paper=found).first():
        return _gone(request, tombstone)
    kept = get_object_or_404(found.figures, position=position)
    if opened.is_withheld(kept):
        raise Http404
    try:
        content = untouched(found, _latest(found)).content
    except NotAsIssuedError:
        return _not_as_issued(request, found)
    line = line_of(content, position)
    if line is None or (line["value"], line["definition"]) != (kept.value, kept.definition):
        return _not_as_issued(request, found)
    page = {
        "paper": found,
        "figure": kept,
        "plans": [plan["title"] for plan in content["plans"] if plan["code"] in kept.counted.plans],
        "said": told_of(content, found.pk, position),
        "corrected": _corrected(found).filter(restatement__figure=kept),
    }
    return render(request, "published/figure.html", page)


@for_anybody
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """A stored file of the latest public version; the tombstone where the paper was withdrawn."""
    found = _published(pk)
    if tombstone := Takedown.objects.filter(paper=found).first():
        return _gone(request, tombstone)
    edition = _latest(found)
    rendering = get_object_or_404(_files(found, edition), format=kind)
    if not rendering.is_as_made or not stored(found, edition).is_as_issued():
        return _not_as_issued(request, found)
    return saved(request, rendering)


@for_anybody
def appendix(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The file of an appendix that is not withheld; the tombstone where the paper was withdrawn."""
    found = _published(pk)
    if tombstone := Takedown.objects.filter(paper=found).first():
        return _gone(request, tombstone)
    withheld = found.exemptions.filter(lifted_in=None, appendix__isnull=False).values("appendix")
    return file_of(request, get_object_or_404(found.uploaded.exclude(pk__in=withheld), pk=number))


@for_anybody
def background(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The copy of a background paper that the public version lists, while it is open to inspection; 410 with
    the reason afterwards, and the tombstone where the paper was withdrawn."""
    found = _published(pk)
    if tombstone := Takedown.objects.filter(paper=found).first():
        return _gone(request, tombstone)
    try:
        listed = copies_in(untouched(found, _latest(found)).content).get(number)
    except NotAsIssuedError:
        return _not_as_issued(request, found)
    if listed is None:
        raise Http404
    kept = get_object_or_404(found.background_papers.exclude(file=None), pk=number)
    if listed["until"] < today().isoformat():
        page = {"paper": found, "background": kept, "until": in_full(listed["until"])}
        return render(request, "published/no_longer_open.html", page, status=HTTPStatus.GONE)
    return file_of(request, kept)


def _published(pk: int) -> Paper:
    found = Paper.objects.published(today()).select_related("meeting__body")
    return get_object_or_404(found, pk=pk)


def _files(found: Paper, edition: Edition | None) -> RenderingQuerySet:
    """The files that anybody may have. An archive has copies of background papers for good; those were made
    by others, and each is had by itself while it is open to inspection."""
    ready = found.renderings.of_edition(edition).ready()
    return ready.exclude(format=Rendering.Format.BUNDLE).order_by("pk")


def _latest(found: Paper) -> Edition | None:
    """The last public version; None is the paper as it was issued."""
    return found.editions.public().last()


def _gone(request: HttpRequest, tombstone: Takedown) -> HttpResponse:
    """410: that it was withdrawn, by whose authority and why, and what anybody may read instead."""
    instead = Paper.objects.published(today()).filter(replaces=tombstone).first()
    page = {"paper": tombstone.paper, "tombstone": tombstone, "replaced_by": instead}
    return render(request, "published/tombstone.html", page, status=HTTPStatus.GONE)


def _not_as_issued(request: HttpRequest, found: Paper) -> HttpResponse:
    """409: what is stored is not what was issued, and nobody is to take it for that."""
    return render(request, "published/not_as_issued.html", {"paper": found}, status=HTTPStatus.CONFLICT)


def _corrected(found: Paper) -> QuerySet[RestatementNote]:
    """What later public papers told of its figures, in their order."""
    public = Paper.objects.published(today()).filter(takedown=None).values("pk")
    notes = RestatementNote.objects.filter(restatement__figure__paper=found, paper__in=public)
    told = notes.select_related("restatement__figure", "classing", "paper__meeting")
    return told.order_by("paper__meeting__held_on", "restatement__figure__position", "pk")
