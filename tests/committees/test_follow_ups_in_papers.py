"""A paper says what the auditor who came back found of what the council had claimed to be complete."""

from datetime import date

import pytest

from actions.models import RecommendationRating, Status
from governance.committees import services
from governance.committees.content import text_of
from governance.committees.models import PublishedFigure
from governance.core.dates import today
from tests.actions.factories_audits import FollowUpFactory, rating_of
from tests.committees.conftest import OCTOBER
from tests.committees.factories import PaperFactory
from tests.committees.pages import address, plainly, read
from tests.factories import ActionFactory, PlanFactory, RecommendationFactory, ScopeAreaFactory

pytestmark = pytest.mark.django_db
FOUND = {"A01": "complete", "A02": "partly", "A03": "complete"}


@pytest.fixture
def followed(officer):
    """Of four recommendations two are claimed complete; the auditor rates three, of which two complete."""
    audit = ScopeAreaFactory(title="Governance").audit
    area, plan = audit.scope_areas.get(), PlanFactory(audit=audit, title="Plan following the audit")
    for number in range(1, 5):
        within = area if number < 3 else None
        asked = RecommendationFactory(audit=audit, reference=f"A0{number}", scope_area=within)
        action = ActionFactory(plan=plan, recommendation=asked, scope_area=within)
        if number in (1, 2):
            action.report(Status.COMPLETED, effective_on=plan.opened_on, by=officer)
    returned = FollowUpFactory(audit=audit, plan_as_at=today(), reported_on=date(2026, 5, 3))
    asked = dict(audit.recommendations.values_list("reference", "pk"))
    returned.rate({asked[reference]: rating_of(word) for reference, word in FOUND.items()})
    return plan


@pytest.fixture
def issue(followed, officer):
    return services.issue(PaperFactory(to_come=True, plans=[followed]), by=officer)


def summary(issue):
    return text_of(issue.content["plans"][0]["sentences"]["summary"])


def test_the_summary_says_how_many_of_those_claimed_the_auditor_found_complete(issue):
    assert (
        "Of the 2 completed, none has been approved and none verified by anybody independent but the "
        "auditor who came back. Follow-up 1 (report of 3 May 2026) rated 3 recommendations: of the 2 claimed "
        "complete the auditor found 1 complete and 1 otherwise; 1 not claimed so was found complete."
    ) in summary(issue)


def test_where_the_auditor_found_none_complete_nobody_independent_has_verified_any(followed, officer):
    followed.audit.follow_ups.get().ratings.update(found=rating_of("partly"))
    issue = services.issue(PaperFactory(to_come=True, plans=[followed]), by=officer)
    assert "none verified by anybody independent. Follow-up 1" in summary(issue)
    assert "of the 2 claimed complete the auditor found none complete and 2 otherwise." in summary(issue)


def test_the_table_has_each_scope_area_and_every_number_of_it_opens_its_recommendations(
    issue, browser_of_clerk
):
    table = issue.content["plans"][0]["follow_up"]
    rows = [*table["rows"], table["total"]]
    assert {row["label"]: [cell["value"] for cell in row["cells"]] for row in rows} == {
        "Governance": [2, 2, 1, 1, 0],
        "No scope area": [1, 0, 0, 0, 1],
        "All recommendations rated": [3, 2, 1, 1, 1],
    }
    for cell in (cell for row in rows for cell in row["cells"]):
        kept = PublishedFigure.objects.get(paper=issue.paper, position=cell["position"])
        assert len(kept.listed()) == kept.value == cell["value"]
        page = read(browser_of_clerk, address(kept))
        assert page.count('<th scope="row"><a') == kept.value
        assert "As published: asked again for the same moment" in page
    assert "What the auditor found of recommendations" in read(
        browser_of_clerk, issue.paper.get_absolute_url()
    )


def test_a_rating_opened_says_what_was_found_and_what_had_been_claimed(issue, browser_of_clerk):
    otherwise = issue.content["plans"][0]["follow_up"]["total"]["cells"][3]
    kept = PublishedFigure.objects.get(paper=issue.paper, position=otherwise["position"])
    page = plainly(read(browser_of_clerk, address(kept)))
    assert f"{RecommendationRating.objects.get(code='partly')}; claimed on" in page
    assert ": completed" in page


def test_ratings_entered_after_the_freeze_are_in_no_paper_of_before(followed, officer):
    issue = services.issue(PaperFactory(plans=[followed]), by=officer, frozen_on=OCTOBER)
    assert "follow_up" not in issue.content["plans"][0]
    assert "rated" not in summary(issue)
    assert not PublishedFigure.objects.filter(paper=issue.paper, key__startswith="follow_ups.").exists()
