"""What is removed by authority from what a paper rests on, or led to, is told as that and as no fault."""

from datetime import date

import pytest

from governance.committees import services
from governance.committees.ledgers import verify_all
from governance.history.redaction import RedactionRefusedError, redact
from governance.history.seals import seal
from tests.committees.conftest import OCTOBER, noon
from tests.committees.factories import PaperFactory

CANARY = "Quillfeather"
BY_AUTHORITY = {"authority": "Data Protection Officer", "reason": "Erasure request 12"}


def evidence(paper, officer):
    """That of a progress update on which a figure of the paper rests."""
    told = {"effective_on": date(2016, 9, 2), "by": officer, "source_document": "Workbook"}
    action = paper.plans.get().actions.get(reference="ICO-1")
    return action.append("completed", evidence=f"Met {CANARY}", known_at=noon(date(2016, 9, 2)), **told)


def text(paper, officer):
    """That of what was resolved on it, changed first, since a resolution has words."""
    said = {"position": 1, "decision": "note", "paper": paper}
    made = paper.meeting.resolutions.create(text=f"To note what {CANARY} said", **said)
    with pytest.raises(RedactionRefusedError, match="first change it to a text without"):
        redact(made, "text", containing=CANARY, **BY_AUTHORITY)
    made.text = "To note what a resident said"
    made.save()
    return made


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("column", [evidence, text])
def test_what_is_removed_by_authority_beside_an_issued_paper_is_told_and_is_no_fault(column, plan, officer):
    draft = PaperFactory(plans=[plan])
    if column is evidence:
        of = column(draft, officer)
        paper = services.issue(draft, by=officer, frozen_on=OCTOBER).paper
        assert paper.figures.filter(entries__evidence=of.pk).exists()
    else:
        of = column(services.issue(draft, by=officer, frozen_on=OCTOBER).paper, officer)
    assert redact(of, column.__name__, containing=CANARY, **BY_AUTHORITY) == 1
    seal()
    report = verify_all()
    assert report.faults == []
    (told,) = report.removals
    assert str(told).endswith(": Erasure request 12")
    assert f"“{column.__name__}” of entry {of.pk} was redacted by authority (Data Protection Officer" in str(
        told
    )
