"""Bodies and meetings, papers, the ledger of published figures, renderings."""

from governance.committees.models.ledger import Issue, PublishedEntry, PublishedFigure
from governance.committees.models.meeting import Body, Meeting
from governance.committees.models.paper import DRAFT_READERS, Paper, PaperPlan, PaperSection, reads_issued
from governance.committees.models.rendering import Rendering

__all__ = [
    "DRAFT_READERS",
    "Body",
    "Issue",
    "Meeting",
    "Paper",
    "PaperPlan",
    "PaperSection",
    "PublishedEntry",
    "PublishedFigure",
    "Rendering",
    "reads_issued",
]
