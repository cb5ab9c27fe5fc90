"""Home as people meet it: every state, wide and narrow, with JavaScript and without."""

from datetime import date

import pytest
from playwright.sync_api import expect

from actions.models import Status
from assets.services.dpia import send
from governance.people.models import Role
from tests.assets.factories_processing import DpiaFactory, DpiaRiskFactory
from tests.browser import axe, sign_in
from tests.cast import play
from tests.committees.factories import PaperFactory
from tests.dashboards.test_hand_overs_due import plan
from tests.factories import ActionFactory, AssetFactory, RiskFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def busy(db):
    """Somebody with everything a home can show."""
    person = play("busy", Role.IG_OFFICER)
    RiskFactory(owner=person.post, asset=AssetFactory(owner=person.post))
    late = ActionFactory(owner=person.post, due_on=date(2016, 3, 31))
    late.report(Status.IN_PROGRESS, effective_on=date(2016, 6, 1), by=person)
    ActionFactory(owner=person.post, plan=late.plan)
    PaperFactory()
    return person


@pytest.mark.parametrize(
    "who",
    [
        lambda: UserFactory(),
        lambda: play("outsider"),
        lambda: play("portfolio_holder", Role.PORTFOLIO_HOLDER),
        lambda: play("ig_officer", Role.IG_OFFICER),
        lambda: play("administrator", Role.ADMINISTRATOR),
    ],
    ids=["no post", "no role", "portfolio holder", "nothing recorded", "administrator"],
)
def test_home_passes_axe_for_those_for_whom_nothing_waits(page, who):
    sign_in(page, who())
    page.goto("/")
    axe(page)


def test_from_home_to_the_action_that_is_overdue_and_to_what_one_owns(busy, any_page):
    page = any_page
    sign_in(page, busy)
    page.goto("/")
    axe(page)
    page.get_by_role("link", name="1 asset that you own").click()
    expect(page.get_by_role("link", name="Remove this filter: Owner: Busy")).to_be_visible()
    page.get_by_role("link", name="Home").first.click()
    own = page.get_by_role("table", name="Your actions")
    expect(own.get_by_role("row").filter(has_text="Overdue")).to_have_count(1)
    reference = own.get_by_role("link").first.inner_text()
    own.get_by_role("link").first.click()
    expect(page.get_by_text(reference).first).to_be_visible()


def test_what_waits_leads_to_where_it_is_done_and_a_plan_is_withdrawn_from_home(any_page, owner, siro):
    dpia, dpo = DpiaFactory(title="Cameras on the market"), play("dpo", Role.DPO)
    DpiaRiskFactory(dpia=dpia)
    send(dpia)
    page = any_page
    sign_in(page, dpo)
    page.goto("/")
    page.get_by_role("link", name="Cameras on the market waits for your advice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your advice")
    plan(owner, owner.post, siro.post, 5)
    sign_in(page, owner)
    page.goto("/")
    expect(page.get_by_text("all that the Owner holds goes to the Siro")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Withdraw the hand-over of Owner").click()
    page.get_by_label("Why is it withdrawn?").fill("The post stays as it is")
    page.get_by_role("button", name="Withdraw this hand-over").click()
    expect(page.get_by_text("The hand-over is withdrawn")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("all that the Owner holds goes to the Siro")).to_have_count(0)
