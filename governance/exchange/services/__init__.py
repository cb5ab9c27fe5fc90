"""The steps of bringing a file in: receive it, match its columns, check, commit, take back."""

from governance.exchange.models import NotReadyError
from governance.exchange.services.checking import check
from governance.exchange.services.committing import MovedOnError, commit
from governance.exchange.services.matching import guess, unmatched
from governance.exchange.services.receiving import receive, table_of
from governance.exchange.services.undoing import undo

__all__ = [
    "MovedOnError",
    "NotReadyError",
    "check",
    "commit",
    "guess",
    "receive",
    "table_of",
    "undo",
    "unmatched",
]
