"""What is done with papers: issued, entered from before the product."""

from governance.committees.services.issuing import (
    ask_for,
    file_name,
    issue,
    preview,
    why_not,
)
from governance.committees.services.past import enter_past_paper
from governance.committees.services.refusals import IssueRefusedError, RegisterBusyError

__all__ = [
    "IssueRefusedError",
    "RegisterBusyError",
    "ask_for",
    "enter_past_paper",
    "file_name",
    "issue",
    "preview",
    "why_not",
]
