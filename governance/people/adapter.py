"""Sign-in, as this product has it: accounts are made by the administrator, and a refusal says nothing."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from governance.people.models import Guess, TooManyGuessesError, User
from governance.people.wording import CODE_SENTENCES, SENTENCES


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks of a site. Its own count of guesses is off: ours holds when many come at once."""

    error_messages = DefaultAccountAdapter.error_messages | SENTENCES

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are entered by the administrator."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person whose e-mail address and password these are, or None: also for one who was deactivated.

        Raises ValidationError when the account or the address has had its guesses; nothing is compared then.
        """
        try:
            guesses = Guess.admit(account=credentials.get("email", ""), address=get_ip(request))
        except TooManyGuessesError:
            raise self.validation_error("too_many_login_attempts") from None
        person: User | None = super().authenticate(request, **credentials)
        if person is None or not person.is_active:
            return None
        Guess.take_back(guesses)
        return person

    def reauthenticate(self, user: User, password: str) -> bool:
        """Is this the person's own password? A guess like any other."""
        return self.authenticate(self.request, email=user.email, password=password) == user

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session. Somebody deactivated between the password and the code begins again instead."""
        if not user.is_active:
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """To the sign-in page."""
        return reverse("account_login")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the mail, under the address the council gave: a forged Host header cannot turn it."""
        uid, _, token = key.partition("-")
        return absolute(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail knows the council and the address of the product."""
        known = {"council_name": settings.COUNCIL_NAME, "sign_in_url": absolute(reverse("account_login"))}
        super().send_mail(template_prefix, email, context | known)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor's sentences."""

    error_messages = DefaultMFAAdapter.error_messages | CODE_SENTENCES


def absolute(path: str) -> str:
    """A path of ours as a whole address, from SITE_URL."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
