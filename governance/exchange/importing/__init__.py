"""The steps of bringing a file in: receive it, match its columns, check, commit, take back."""

from governance.exchange.importing.checking import check
from governance.exchange.importing.committing import MovedOnError, commit
from governance.exchange.importing.matching import guess, unmatched
from governance.exchange.importing.receiving import found_in, receive, table_of
from governance.exchange.importing.undoing import undo
from governance.exchange.models import NotReadyError

__all__ = [
    "MovedOnError",
    "NotReadyError",
    "check",
    "commit",
    "found_in",
    "guess",
    "receive",
    "table_of",
    "undo",
    "unmatched",
]
