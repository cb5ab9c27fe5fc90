"""What no log may hold: who reads logs must not come into an account by them."""

from __future__ import annotations

import logging
import re

LINK = re.compile(r"(/password/reset/key/)[^/\s\"'?]+")
# The access log writes every address; the others write one when something goes wrong with it.
LOGS_WITH_ADDRESSES = ("gunicorn.access", "gunicorn.error", "django.request", "django.security.csrf")


class LinksLeftOut(logging.Filter):
    """Leaves the part out of a message that makes a link set somebody's password."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the record stays, with the link shortened to "…"."""
        said = record.getMessage()
        if LINK.search(said):
            record.msg, record.args = LINK.sub(r"\1…", said), ()
        return True


def leave_links_out() -> None:
    """Have every log that writes addresses leave such links out; safe to repeat."""
    for name in LOGS_WITH_ADDRESSES:
        log = logging.getLogger(name)
        if not any(isinstance(each, LinksLeftOut) for each in log.filters):
            log.addFilter(LinksLeftOut())
