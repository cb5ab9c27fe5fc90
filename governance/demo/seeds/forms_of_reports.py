"""Northmere makes its papers from the forms that are shipped."""

from __future__ import annotations

from datetime import date

from governance.committees.form import shipped_forms
from governance.committees.models import PaperTemplate
from governance.committees.services.templates import adopt, begin
from governance.people.models import User

FROM_ON = date(2016, 4, 1)
DECISION = "Monitoring officer, report procedure rules"


def enter(by: User) -> None:
    """The three forms, in force since the first papers."""
    if PaperTemplate.objects.exists():
        return
    for form in shipped_forms().values():
        adopt(begin(form), from_on=FROM_ON, reason=DECISION)
