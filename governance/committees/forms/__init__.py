"""Forms of committees: bodies and meetings, the front sheet of a paper, its sections."""

from governance.committees.forms.meetings import BodyForm, MeetingForm
from governance.committees.forms.papers import NewPaperForm, PaperForm
from governance.committees.forms.sections import SectionForm

__all__ = ["BodyForm", "MeetingForm", "NewPaperForm", "PaperForm", "SectionForm"]
