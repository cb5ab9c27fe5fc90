"""One change of an activity or of a DPIA: looked at, compared with another version, undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.forms.undo import UndoActivityForm, UndoDpiaForm
from assets.services import dpia as dpia_services
from assets.services.dpia import DpiaError
from assets.services.processing import IncompleteError, keep_complete
from assets.views.dpia import dpia_or_404
from assets.views.held import HOME
from assets.views.processing import activity_or_404
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.people.registers.change_forms import UndoForm
from governance.people.registers.changes import EntryChange
from governance.people.registers.pages import change_page


@dataclass(frozen=True)
class Compared:
    """The pages of the changes of one kind of entry: their names, and the way back to its register."""

    change: str
    undo: str
    permission: str
    register: str
    register_name: str
    form: type[UndoForm]

    def way(self, entry: Any) -> list[Link]:
        """The way back to the entry."""
        register = Link(self.register_name, reverse(self.register))
        return [HOME, register, Link(entry.reference, entry.get_absolute_url())]


ACTIVITY = Compared(
    "assets:activity_change", "assets:undo_activity", "assets.change_activity", "assets:activities",
    "Processing activities", UndoActivityForm,
)  # fmt: skip
DPIA = Compared(
    "assets:dpia_change", "assets:undo_dpia", "assets.change_dpia", "assets:dpias", "DPIAs", UndoDpiaForm
)  # fmt: skip


class NotUndoneError(Exception):
    """The form says why."""


@require_safe
def activity(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """What one change of an activity did, or two versions of it compared."""
    return looked_at(request, activity_or_404(request, reference, "assets.view_activity"), version, ACTIVITY)


@require_safe
def dpia(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """What one change of a DPIA did, or two versions of it compared."""
    return looked_at(request, dpia_or_404(request, reference, "assets.view_activity"), version, DPIA)


@get_and_post
def undo_activity(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """Undo one change of an activity, as far as nothing came after it."""
    found = activity_or_404(request, reference, "assets.change_activity")
    return undone(request, found, version, ACTIVITY, partial(written, partial(keep_complete, found)))


@get_and_post
def undo_dpia(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """Undo one change of a draft; who undoes writes in it, and so does not sign it off."""
    found = dpia_or_404(request, reference, "assets.change_activity")
    require(request, "assets.change_dpia", found)

    write = partial(dpia_services.write, found, by=reader(request))
    return undone(request, found, version, DPIA, partial(written, write))


def written(write: Callable[[Callable[[], None]], None], form: UndoForm) -> bool:
    """Undo by the service that writes such an entry; False, with an error that says why, where it may not."""

    def undo() -> None:
        if not form.undo():
            raise NotUndoneError

    try:
        write(undo)
    except NotUndoneError:
        return False
    except IncompleteError as incomplete:
        form.add_error(None, f"It cannot go back to that, since it is live. {incomplete}")
        return False
    except DpiaError as error:
        form.add_error(None, str(error))
        return False
    return True


def looked_at(request: HttpRequest, entry: Any, version: int, pages: Compared) -> HttpResponse:
    """The page of one change, with the way to undo it for who may."""
    page = change_page(request, entry, version, lambda change: change)
    may_undo = reader(request).has_perm(pages.permission, entry) and not page["against"]
    undo = reverse(pages.undo, args=[entry.reference, version])
    page |= {"way": pages.way(entry), "may_undo": may_undo, "undo": undo}
    return render(request, "assets/held/change.html", page)


def undone(
    request: HttpRequest, entry: Any, version: int, pages: Compared, do: Callable[[Any], bool]
) -> HttpResponse:
    """Ask what is to be as it was, and why; then do it. Http404 where nothing of the change is left."""
    made = EntryChange.of(entry, version)
    if not made.can_be_undone:
        raise Http404
    form = pages.form(posted(request), change=made, person=reader(request))
    if form.is_valid() and do(form):
        messages.success(request, f"The change of {entry.reference} is undone")
        return redirect(entry)
    page = {"entry": entry, "form": form, "way": pages.way(entry)}
    back = reverse(pages.change, args=[entry.reference, version])
    return render(request, "assets/held/undo.html", page | {"back": back})
