"""Bodies and meetings, papers, the ledger of published figures, renderings."""

from governance.committees.models.kind import PaperKind
from governance.committees.models.ledger import Issue, PublishedEntry, PublishedFigure
from governance.committees.models.materiality import Materiality
from governance.committees.models.meeting import Body, Meeting
from governance.committees.models.override import Override
from governance.committees.models.paper import DRAFT_READERS, Paper, PaperPlan, PaperSection, reads_issued
from governance.committees.models.rendering import Rendering
from governance.committees.models.restatement import Classing, Restatement, RestatementNote
from governance.committees.models.template import Clearance, Lists, PaperTemplate, TemplateSection

__all__ = [
    "DRAFT_READERS",
    "Body",
    "Classing",
    "Clearance",
    "Issue",
    "Lists",
    "Materiality",
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
    "Restatement",
    "RestatementNote",
    "TemplateSection",
    "reads_issued",
]
