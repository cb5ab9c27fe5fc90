"""Keeping what a person types until they save it: by itself where scripts run, else by a button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from governance.core.access import reader
from governance.people.models.draft import LONGEST, Draft

KEEP, DISCARD = "keep-draft", "discard-draft"
NOT_TYPED = ("csrfmiddlewaretoken", KEEP, DISCARD)


class Drafting:
    """The draft of the form at this address, for the person who asks. Made after the view's `require`.

    `answer` is what to send back where the draft itself was what the post was about; else None. `kept` is
    what was typed before, for a form that is shown afresh; `posted` is what is being saved now.
    """

    def __init__(self, request: HttpRequest, about: str) -> None:
        self.request, self.about = request, about
        self.mine = Draft.objects.visible_to(reader(request)).filter(path=request.path)
        self.answer = self._answer()

    @property
    def posted(self) -> QueryDict | None:
        """What was posted, None where the form is only shown."""
        return self.request.POST if self.request.method == "POST" else None

    @property
    def kept(self) -> QueryDict | None:
        """What was typed before and not saved."""
        return self.draft.data() if self.draft else None

    @property
    def draft(self) -> Draft | None:
        """The draft, where the form is shown afresh."""
        if self.request.method == "POST":
            return None
        if not hasattr(self, "_draft"):
            self._draft = self.mine.first()
        return self._draft

    def finish(self) -> None:
        """The form is saved: its draft goes."""
        Draft.objects.filter(person=reader(self.request), path=self.request.path).delete()

    def _answer(self) -> HttpResponse | None:
        if DISCARD in self.request.POST:
            self.finish()
            messages.info(self.request, "Your draft is gone. Below is how things stand")
            return redirect(self.request.get_full_path())
        if KEEP not in self.request.POST:
            return None
        said = self._keep()
        if self.request.POST[KEEP] == "quietly":
            return HttpResponse(said)
        messages.info(self.request, f"{said}. You find it here, and under My work, until you save it")
        return redirect(self.request.get_full_path())

    def _keep(self) -> str:
        """Keep what was typed, over what was kept before; what became of it, in words."""
        data = self.request.POST.copy()
        for name in NOT_TYPED:
            data.pop(name, None)
        if len(typed := data.urlencode()) > LONGEST:
            return "This is too long to be kept as a draft: save it"
        person, now = reader(self.request), timezone.now()
        Draft.objects.update_or_create(
            person=person,
            path=self.request.path,
            defaults={"about": self.about[:300], "typed": typed, "saved_at": now},
        )
        return f"Draft kept at {timezone.localtime(now):%H:%M}"
