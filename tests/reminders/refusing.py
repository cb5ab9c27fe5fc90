"""A mail server that takes nothing."""

from smtplib import SMTPServerDisconnected

from django.core.mail.backends.base import BaseEmailBackend


class Refusing(BaseEmailBackend):
    """Raises what a server that hangs up makes smtplib raise."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("Connection unexpectedly closed")
