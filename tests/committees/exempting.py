"""Marking parts of papers as not for publication, in tests."""

from governance.committees.models import Exemption
from governance.committees.schedule12a import schedule

PUBLIC_INTEREST = "The supplier would be harmed and no gain for residents"


def mark(paper, **what):
    law = {"kind": "exempt", "paragraph": "3", "reason": PUBLIC_INTEREST}
    made = Exemption(paper=paper, **law | what)
    made.description = schedule().paragraphs.get(made.paragraph, "")
    made.save()
    return made
