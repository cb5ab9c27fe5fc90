"""A paper prints what others approved and verified by its moment beside what management says is completed."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string

from actions.models import Completion
from actions.services.completions import Found, approve, verify
from governance.committees import services
from governance.committees.content import text_of
from governance.committees.restating.finding import find
from governance.committees.services import restatements
from governance.core.dates import long_date, today
from governance.figures.figure import get_figure
from tests.cast import signed_in
from tests.committees.conftest import OCTOBER, brought_in
from tests.committees.factories import PaperFactory
from tests.committees.pages import address, figure, plainly, read
from tests.committees.test_restatements import of
from tests.factories import ScopeAreaFactory, UserFactory

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
        kept = figure(october.paper, name)
        assert len(kept.listed()) == kept.value == references
        assert kept.listed() == get_figure(kept.key).entries(october.moment, kept.counted)


def test_what_is_found_after_the_freeze_changes_no_paper(october, plan):
    assert printed(october) == [4, 4, 0, 0]
    approve(plan.actions.get(reference="ICO-1"), Found(LATER, "Minutes"), by=UserFactory())
    kept = figure(october.paper, "approved")
    assert get_figure(kept.key).value(october.moment, kept.counted) == kept.value == 0


def test_no_approval_is_slipped_in_behind_a_paper(october, plan):
    action, early = plan.actions.get(reference="ICO-1"), brought_in(SEPTEMBER)
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        approve(action, Found(SEPTEMBER, "Minutes"), by=UserFactory(), **early)
    assert refused.value.__cause__.diag.constraint_name == "known_after_the_last_freeze"


def test_approved_and_verified_are_columns_by_scope_area_beside_completed(checked, july, officer):
    area = ScopeAreaFactory(audit=checked.audit, title="Governance")
    checked.actions.filter(reference__in=["ICO-1", "ICO-3", "ICO-5"]).update(scope_area=area)
    issue = services.issue(PaperFactory(plans=[checked]), by=officer, frozen_on=OCTOBER)
    table = issue.content["plans"][0]["table"]
    assert table["columns"][:3] == [
        "Completed, as reported by management",
        "Of those, approved",
        "Of those, verified",
    ]
    said = {row["label"]: [cell["value"] for cell in row["cells"][:3]] for row in table["rows"]}
    assert said == {"Governance": [2, 1, 0], "No scope area": [2, 1, 1]}
    kept = figure(issue.paper, "verified", scope_area_id=None)
    assert [entry.reference for entry in kept.listed()] == ["ICO-2"]


def test_an_approval_learned_of_since_is_named_with_who_gave_it(browser_of_clerk, july, plan, officer):
    issue = services.issue(PaperFactory(plans=[plan]), by=officer, frozen_on=OCTOBER)
    who = UserFactory()
    approve(plan.actions.get(reference="ICO-1"), Found(SEPTEMBER, "Minutes"), by=who)
    page = plainly(read(browser_of_clerk, address(figure(issue.paper, "approved"))))
    when = f"on {long_date(today())} by {who.display_name}, with effect from 20 September 2016."
    assert f"1 as known today. ICO-1 is now counted: approved {when}" in page


def test_a_verification_taken_back_since_is_named_with_its_reason(browser_of_clerk, checked, july, officer):
    issue = services.issue(PaperFactory(plans=[checked]), by=officer, frozen_on=OCTOBER)
    given = Completion.objects.get(kind=Completion.Kind.VERIFIED)
    same = {"action": given.action, "kind": given.kind, "claim": given.claim, "effective_on": SEPTEMBER}
    Completion.objects.create(**same, corrects=given, void=True, basis="Another file.", recorded_by=officer)
    page = plainly(read(browser_of_clerk, address(figure(issue.paper, "verified"))))
    when = f"the verification was taken back on {long_date(today())} by {officer.display_name}"
    assert f"0 as known today. ICO-2 is no longer counted: {when}, because “Another file”." in page
    page = plainly(read(browser_of_clerk, address(figure(issue.paper, "approved"))))
    assert "Nothing that was learned later changes it" in page


def test_an_approval_does_not_move_what_is_verified_nor_a_verification_what_is_approved(
    july, plan, officer, clerk
):
    services.issue(PaperFactory(plans=[plan]), by=officer, frozen_on=OCTOBER)
    action, independent = plan.actions.get(reference="ICO-1"), UserFactory()
    approve(action, Found(SEPTEMBER, "Minutes"), by=clerk)
    verify(action, Found(SEPTEMBER, "Seen"), by=independent)
    find()

    moved_by = {key: [cause["by"] for cause in of(key).causes] for key in ("approved", "verified")}

    assert moved_by == {"approved": [clerk.pk], "verified": [independent.pk]}
    restatements.class_as(of("verified"), "late report", "Seen in September", by=clerk)


def test_a_paper_issued_before_this_was_kept_says_what_it_said():
    old = {"appendices": ["Appendix 1"], "plans": [{"title": "Plan", "points": []}]}
    page = render_to_string("committees/paper/figures.html", {"content": old, "days": {}})
    assert "they have not been checked by anybody else" in page
    assert "Whose word" not in page
