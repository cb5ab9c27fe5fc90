"""A paper prints what others approved and verified by its moment beside what management says is completed."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string

from actions.services.completions import Found, approve, verify
from governance.committees import services
from governance.committees.content import text_of
from governance.committees.models import PublishedFigure
from governance.figures.figure import get_figure
from tests.cast import signed_in
from tests.committees.conftest import OCTOBER, brought_in
from tests.committees.factories import PaperFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SEPTEMBER, LATER = date(2016, 9, 20), date(2016, 10, 13)


@pytest.fixture
def checked(plan):
    """Of the four completed by October, two approved and one of them verified."""
    for reference in ("ICO-1", "ICO-2"):
        action = plan.actions.get(reference=reference)
        approve(action, Found(SEPTEMBER, "Minutes"), by=UserFactory(), **brought_in(SEPTEMBER))
    verify(action, Found(SEPTEMBER, "Seen"), by=UserFactory(), **brought_in(SEPTEMBER))
    return plan


def printed(issue):
    (plan,) = issue.content["plans"]
    return [row["cell"]["value"] for row in plan["checked"]]


def test_claimed_completed_approved_and_verified_stand_side_by_side(checked, july, officer, clerk):
    october = services.issue(PaperFactory(plans=[checked]), by=officer, frozen_on=OCTOBER)
    assert printed(october) == [4, 4, 2, 1]
    said = text_of(october.content["plans"][0]["sentences"]["summary"])
    assert "Of the 4 completed, 2 have been approved and 1 verified by somebody independent." in said
    page = signed_in(clerk).get(october.paper.get_absolute_url()).content.decode()
    assert "Whose word it is that actions are done" in page
    assert "have not been checked by anybody else" not in page


def test_each_of_them_opens_to_the_actions_behind_it(checked, july, officer):
    october = services.issue(PaperFactory(plans=[checked]), by=officer, frozen_on=OCTOBER)
    for name, references in (("claimed", 4), ("approved", 2), ("verified", 1)):
        figure = PublishedFigure.objects.get(paper=october.paper, key=f"actions.{name}")
        assert len(figure.listed()) == figure.value == references
        assert figure.listed() == get_figure(figure.key).entries(october.moment, figure.counted)


def test_what_is_found_after_the_freeze_changes_no_paper(october, plan):
    assert printed(october) == [4, 4, 0, 0]
    approve(plan.actions.get(reference="ICO-1"), Found(LATER, "Minutes"), by=UserFactory())
    figure = PublishedFigure.objects.get(paper=october.paper, key="actions.approved")
    assert get_figure(figure.key).value(october.moment, figure.counted) == figure.value == 0


def test_no_approval_is_slipped_in_behind_a_paper(october, plan):
    action, early = plan.actions.get(reference="ICO-1"), brought_in(SEPTEMBER)
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        approve(action, Found(SEPTEMBER, "Minutes"), by=UserFactory(), **early)
    assert refused.value.__cause__.diag.constraint_name == "known_after_the_last_freeze"


def test_a_paper_issued_before_this_was_kept_says_what_it_said():
    old = {"appendices": ["Appendix 1"], "plans": [{"title": "Plan", "points": []}]}
    page = render_to_string("committees/paper/figures.html", {"content": old, "days": {}})
    assert "they have not been checked by anybody else" in page
    assert "Whose word" not in page
