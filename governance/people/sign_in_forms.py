"""allauth's forms in our words. Whatever guesses at a password or a code is counted (models/guess.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest

from governance.core.forms.wording import InPlainWords
from governance.people.models import Guess, TooManyGuessesError, User

LABELS = {
    "login": "Email address",
    "email": "Email address",
    "password": "Password",
    "oldpassword": "Current password",
    "password1": "New password",
    "password2": "New password again",
    "code": "Code",
}


class Worded(InPlainWords):
    """A form of allauth's with our labels, without placeholders, and with sentences for what is missing."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = f"Enter your {str(field.label).lower()}"
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = "Enter an email address, such as name@example.com"
        if "password1" in self.fields:
            self.fields["password1"].help_text = " ".join(password_validators_help_texts())


class SignInForm(Worded, account.LoginForm):
    """E-mail address and password; a second factor is asked for on the next page."""


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """The password once more, before something about signing in is changed."""


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """The current password is a guess too: the page may have been left open."""

    def clean_oldpassword(self) -> str:
        """Raises ValidationError for a wrong password, and when there were too many."""
        guesses = admit(self.user)
        password: str = super().clean_oldpassword()
        Guess.take_back(guesses)
        return password


class AskForResetForm(Worded, account.ResetPasswordForm):
    """Ask for a link to set a password. A mail goes out whether or not there is such an account."""

    def save(self, request: HttpRequest, **options: Any) -> str:
        """The address. A stranger's mail takes as long as the link's, and says that there is no account."""
        if self.users:
            return str(super().save(request, **options))
        email: str = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class SetPasswordForm(Worded, account.ResetPasswordKeyForm):
    """The new password, twice."""


class CodeForm(Worded, mfa.AuthenticateForm):
    """The code of the authenticator app, or a recovery code, after the password."""

    def clean_code(self) -> str:
        """Raises ValidationError for a wrong code, and when there were too many."""
        guesses = admit(self.user)
        code: str = super().clean_code()
        Guess.take_back(guesses)
        return code


class ReauthenticateCodeForm(CodeForm, mfa.ReauthenticateForm):
    """The code once more, before something about signing in is changed."""


class ActivateForm(Worded, totp.ActivateTOTPForm):
    """The first code of a new authenticator app, to prove that it is set up."""


def admit(person: User) -> Sequence[Guess]:
    """Count a guess by somebody whose account is known. Raises ValidationError after too many."""
    try:
        return Guess.admit(account=person.email, address=get_ip(context.request))
    except TooManyGuessesError:
        raise get_adapter().validation_error("too_many_login_attempts") from None
