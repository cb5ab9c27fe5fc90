"""Bodies and meetings, papers, the ledger of published figures, renderings."""

from governance.committees.models.agenda import AgendaItem
from governance.committees.models.attached import Appendix, BackgroundPaper, Recommendation
from governance.committees.models.body import Body, FormerName, ReportingLine, Seat
from governance.committees.models.calendar import FixedStep, Period, PublicationRule, Step
from governance.committees.models.clearance import ClearanceAnswer, Clearer, Sending
from governance.committees.models.comment import SectionComment
from governance.committees.models.edition import Edition
from governance.committees.models.exemption import Exemption
from governance.committees.models.feed import CalendarFeed
from governance.committees.models.kind import PaperKind
from governance.committees.models.ledger import Issue, PublishedEntry, PublishedFigure
from governance.committees.models.materiality import Materiality
from governance.committees.models.meeting import Attendance, Meeting, MembersQuestion
from governance.committees.models.minuted import Minute, MinutedFigure
from governance.committees.models.minutes import Minutes
from governance.committees.models.override import Override
from governance.committees.models.paper import Paper, PaperPlan, PaperSection
from governance.committees.models.readers import DRAFT_READERS, PART_2_READERS, reads_issued
from governance.committees.models.rendering import Rendering
from governance.committees.models.request import (
    Matter,
    PaperReason,
    Request,
    RequestAnswer,
    RequestDue,
    RequestEnd,
)
from governance.committees.models.resolution import Resolution, ResolutionAction, ResolutionDate
from governance.committees.models.restatement import Classing, Restatement, RestatementNote
from governance.committees.models.takedown import Takedown
from governance.committees.models.template import Clearance, Lists, PaperTemplate, TemplateSection
from governance.committees.models.verification import CHECKERS, PROVERS, Verification

__all__ = [
    "CHECKERS",
    "DRAFT_READERS",
    "PART_2_READERS",
    "PROVERS",
    "AgendaItem",
    "Appendix",
    "Attendance",
    "BackgroundPaper",
    "Body",
    "CalendarFeed",
    "Classing",
    "Clearance",
    "ClearanceAnswer",
    "Clearer",
    "Edition",
    "Exemption",
    "FixedStep",
    "FormerName",
    "Issue",
    "Lists",
    "Materiality",
    "Matter",
    "Meeting",
    "MembersQuestion",
    "Minute",
    "MinutedFigure",
    "Minutes",
    "Override",
    "Paper",
    "PaperKind",
    "PaperPlan",
    "PaperReason",
    "PaperSection",
    "PaperTemplate",
    "Period",
    "PublicationRule",
    "PublishedEntry",
    "PublishedFigure",
    "Recommendation",
    "Rendering",
    "ReportingLine",
    "Request",
    "RequestAnswer",
    "RequestDue",
    "RequestEnd",
    "Resolution",
    "ResolutionAction",
    "ResolutionDate",
    "Restatement",
    "RestatementNote",
    "Seat",
    "SectionComment",
    "Sending",
    "Step",
    "Takedown",
    "TemplateSection",
    "Verification",
    "reads_issued",
]
