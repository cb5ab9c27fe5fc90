"""Issuing a paper: the figures are frozen, the ledger is written, all of it or nothing."""

import pytest

from governance.committees import services
from governance.committees.models import Issue, Paper, PublishedEntry, PublishedFigure, Rendering
from governance.figures.figure import get_figure
from tests.committees.conftest import JULY, OCTOBER
from tests.committees.factories import PaperFactory

pytestmark = pytest.mark.django_db


def test_every_figure_of_the_ledger_is_the_number_of_its_entries(plan, officer):
    issue = services.issue(PaperFactory(plans=[plan]), by=officer, frozen_on=OCTOBER)
    figures = list(PublishedFigure.objects.filter(paper=issue.paper))
    assert figures
    for figure in figures:
        assert figure.value == figure.entries.count()
        assert figure.value == len({entry.subject for entry in figure.entries.all()})
