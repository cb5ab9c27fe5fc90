"""Keeping what a person types until they save it: by itself where scripts run, else by a button."""

from __future__ import annotations

from secrets import token_urlsafe

from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from governance.core.access import reader
from governance.people.models.draft import LONGEST, Draft

KEEP, DISCARD = "keep-draft", "discard-draft"
OPENED = "form-opened"
NOT_TYPED = ("csrfmiddlewaretoken", KEEP, DISCARD, OPENED)
SAVED, MOST = "forms-saved", 20  # the last forms that were saved in this session, by their tokens


class Drafting:
    """The draft of the form at this address, for the person who asks. Made after the view's `require`.

    `answer` is what to send back where the draft itself was what the post was about; else None. `kept` is
    what was typed before, for a form that is shown afresh; `posted` is what is being saved now. `opened` is
    carried by the form: what is still kept by itself once that form is saved comes too late, and is let go.
    """

    def __init__(self, request: HttpRequest, about: str) -> None:
        self.request, self.about = request, about
        self.opened = request.POST.get(OPENED, "")[:40] or token_urlsafe(12)
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
        """The form is saved: its draft goes. The session is written first: who keeps one waits for that.

        Nothing but the token is written of it, and nothing of one that was ended meanwhile.
        """
        if (session := self._session()) is not None:
            held = session.get_decoded()
            told = held | {SAVED: [*held.get(SAVED, []), self.opened][-MOST:]}
            session.session_data = self.request.session.encode(told)
            session.save(update_fields=["session_data"])
        Draft.objects.filter(person=reader(self.request), path=self.request.path).delete()

    def _answer(self) -> HttpResponse | None:
        if DISCARD in self.request.POST:
            self.finish()
            messages.info(self.request, "Your draft is gone. Below is how things stand")
            return redirect(self.request.get_full_path())
        if KEEP not in self.request.POST:
            return None
        if self.request.POST[KEEP] == "quietly":
            late = "Not kept as a draft: this form was saved already. Open it again to go on"
            return HttpResponse(late if self._is_saved() else self._keep())
        said = self._keep()
        messages.info(self.request, f"{said}. You find it here, and under My work, until you save it")
        return redirect(self.request.get_full_path())

    def _is_saved(self) -> bool:
        """Was this very form saved meanwhile? A save that is still under way is waited for."""
        session = self._session()
        return session is not None and self.opened in session.get_decoded().get(SAVED, [])

    def _session(self) -> Session | None:
        """The session of whoever asks, locked until what is under way is done."""
        key = self.request.session.session_key
        return Session.objects.select_for_update().filter(session_key=key).first()

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
