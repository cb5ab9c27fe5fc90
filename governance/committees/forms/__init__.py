"""Forms of committees: bodies and meetings, the front sheet of a paper, its sections."""

from governance.committees.forms.bodies import BodyForm
from governance.committees.forms.meetings import MeetingForm
from governance.committees.forms.papers import NewPaperForm, PaperForm
from governance.committees.forms.sections import SectionForm

__all__ = ["BodyForm", "MeetingForm", "NewPaperForm", "PaperForm", "SectionForm"]
