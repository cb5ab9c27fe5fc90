"""Forms as GOV.UK draws them: plain words, dates in three fields, no edit lost."""

from governance.core.forms.conflict import Conflict
from governance.core.forms.dates import DateField, DateInput
from governance.core.forms.drawn import group_of
from governance.core.forms.explaining import LONGEST, ChangeReason, Explanation
from governance.core.forms.moments import MomentField
from governance.core.forms.rendering import BoundField, Renderer, errors_of
from governance.core.forms.uploading import ARRIVED, UploadForm
from governance.core.forms.versioned import VersionedForm, render_form
from governance.core.forms.wording import Form, ModelForm

__all__ = [
    "ARRIVED",
    "LONGEST",
    "BoundField",
    "ChangeReason",
    "Conflict",
    "DateField",
    "DateInput",
    "Explanation",
    "Form",
    "ModelForm",
    "MomentField",
    "Renderer",
    "UploadForm",
    "VersionedForm",
    "errors_of",
    "group_of",
    "render_form",
]
