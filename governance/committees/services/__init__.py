"""What is done with papers: issued, entered from before the product."""

from governance.committees.services.files import ENDINGS, ask_again, ask_for_files, file_name
from governance.committees.services.following import follow
from governance.committees.services.issuing import issue, preview, publication_day, why_not
from governance.committees.services.lifting import lift
from governance.committees.services.parting import leaked
from governance.committees.services.past import enter_past_paper
from governance.committees.services.refusals import IssueRefusedError, RegisterBusyError
from governance.committees.services.replacing import begin_replacement
from governance.committees.services.requests import answer, end, reopen, request, reschedule, resolve
from governance.committees.services.sittings import expect_members, roll_digest, take_roll
from governance.committees.services.takedown import take_down
from governance.committees.services.verifying import ask_for_verification

__all__ = [
    "ENDINGS",
    "IssueRefusedError",
    "RegisterBusyError",
    "answer",
    "ask_again",
    "ask_for_files",
    "ask_for_verification",
    "begin_replacement",
    "end",
    "enter_past_paper",
    "expect_members",
    "file_name",
    "follow",
    "issue",
    "leaked",
    "lift",
    "preview",
    "publication_day",
    "reopen",
    "request",
    "reschedule",
    "resolve",
    "roll_digest",
    "take_down",
    "take_roll",
    "why_not",
]
