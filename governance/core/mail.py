"""Where mail goes when the council has not said where."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)


class NotSent(BaseEmailBackend):
    """Drops every mail with a warning that does not repeat it: links in it would let a reader of logs in."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Nought, which is how many were sent."""
        log.warning("EMAIL_URL is not set: %d mail(s) dropped (see docs/production.md).", len(messages))
        return 0
