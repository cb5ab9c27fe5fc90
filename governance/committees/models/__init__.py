"""Bodies and meetings, papers, the ledger of published figures, renderings."""

from governance.committees.models.kind import PaperKind
from governance.committees.models.ledger import Issue, PublishedEntry, PublishedFigure
from governance.committees.models.meeting import Body, Meeting
from governance.committees.models.override import Override
from governance.committees.models.paper import DRAFT_READERS, Paper, PaperPlan, PaperSection, reads_issued
from governance.committees.models.rendering import Rendering
from governance.committees.models.template import Clearance, Lists, PaperTemplate, TemplateSection

__all__ = [
    "DRAFT_READERS",
    "Body",
    "Clearance",
    "Issue",
    "Lists",
    "Meeting",
    "Override",
    "Paper",
    "PaperKind",
    "PaperPlan",
    "PaperSection",
    "PaperTemplate",
    "PublishedEntry",
    "PublishedFigure",
    "Rendering",
    "TemplateSection",
    "reads_issued",
]
