"""What is significant stands on the risk register, or is counted as missing there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assets.figures.register import total as registered
from assets.models import ActivityAsset
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.people.waiting import all_waiting
from risks.figures import promotion as figures
from risks.models import RiskAsset
from risks.services.state import close
from tests.assets.factories_processing import DpiaFactory, DpiaRiskFactory
from tests.cast import known, signed_in
from tests.factories import RiskFactory
from tests.risks.factories_rules import critical, rules_in_force
from tests.risks.passing import Passing

pytestmark = pytest.mark.django_db


def missing(moment=None):
    rows = figures.missing.rows(moment or Moment.now(), Scope())
    return set(rows.values_list("reference", flat=True))


def dpias():
    return set(figures.dpias.rows(Moment.now(), Scope()).values_list("reference", flat=True))


class TestAssets:
    def test_from_the_criticality_of_the_rules_on_an_asset_needs_a_risk(self):
        lower, at, above = critical(2), critical(3), critical(4)
        assert missing() == set()  # no rules are in force
        rules_in_force(asset_from=3)
        assert missing() == {at.reference, above.reference}
        assert lower.reference not in missing()

    def test_an_open_risk_to_it_is_enough_whether_it_is_named_first_or_beside(self):
        first, beside = critical(), critical()
        rules_in_force(asset_from=3)
        RiskFactory(asset=first)
        RiskAsset.objects.create(risk=RiskFactory(), asset=beside)
        assert missing() == set()

    def test_a_closed_risk_is_not(self):
        asset = critical()
        rules_in_force(asset_from=3)
        close(RiskFactory(asset=asset), reason="Cannot happen")
        linked = RiskFactory()
        RiskAsset.objects.create(risk=linked, asset=asset)
        close(linked, reason="Cannot happen either")
        assert missing() == {asset.reference}

    def test_a_draft_or_a_withdrawn_asset_needs_none(self):
        critical(state="draft")
        critical(state="withdrawn")
        rules_in_force(asset_from=1)
        assert missing() == set()

    def test_rules_that_do_not_ask_count_nothing(self):
        critical(4)
        rules_in_force(asset_from=None)
        assert missing() == set()

    def test_a_day_before_the_rules_counts_nothing(self, owner_connection):
        time = Passing(owner_connection)
        asset = critical(4)
        time.days(30)
        rules_in_force(asset_from=3)
        yesterday = Moment.of(today() - timedelta(days=1))
        assert missing(yesterday) == set()
        assert asset.reference in set(registered.rows(yesterday, Scope()).values_list("reference", flat=True))
        assert missing() == {asset.reference}

    def test_it_is_counted_where_it_is_held(self):
        asset, _ = critical(), critical()
        rules_in_force(asset_from=3)
        assert figures.missing.value(Moment.now(), Scope(units=(asset.unit.code,))) == 1


class TestDpias:
    @pytest.mark.parametrize(("left", "line", "counted"), [
        ("high", "high", True), ("medium", "high", False), ("medium", "medium", True), ("low", "", False),
    ])  # fmt: skip
    def test_by_the_risk_that_is_left_over(self, left, line, counted):
        risk = DpiaRiskFactory(overall="high", residual=left)
        rules_in_force(dpia_from=line)
        assert dpias() == ({risk.dpia.reference} if counted else set())

    def test_a_risk_without_a_measure_counts_as_it_is(self):
        risk = DpiaRiskFactory(overall="high", measure="", effect="", residual="")
        rules_in_force(dpia_from="high")
        assert dpias() == {risk.dpia.reference}

    def test_a_risk_to_an_asset_of_its_activity_is_enough(self):
        dpia = DpiaFactory()
        DpiaRiskFactory(dpia=dpia, overall="high", residual="high")
        link = ActivityAsset.objects.create(activity=dpia.activity, asset=critical(1))
        rules_in_force(dpia_from="high")
        assert dpias() == {dpia.reference}
        RiskFactory(asset=link.asset)
        assert dpias() == set()


class TestPages:
    @pytest.fixture
    def asset(self, owner):
        rules_in_force(asset_from=3)
        return critical(owner=owner.post)

    def test_the_owner_is_told_and_raises_it_in_one_click(self, asset, owner):
        owner = known(owner, owner.post)
        (told,) = [each for each in all_waiting(owner) if each.kind == "promotions"]
        assert told.words == "1 critical asset of yours without a risk on the register"
        page = signed_in(owner).get(told.path).content.decode()
        assert f'{reverse("risks:new")}?asset={asset.reference}"' in page
        form = signed_in(owner).get(f"{reverse('risks:new')}?asset={asset.reference}").content.decode()
        assert f'<option value="{asset.pk}" selected' in form
        assert f'<option value="{owner.post.pk}" selected' in form

    def test_nobody_is_shown_what_they_may_not_open(self, asset, other_owner):
        page = signed_in(other_owner).get(reverse("risks:promotions")).content.decode()
        assert asset.reference not in page
        assert "None is missing" in page

    def test_the_page_takes_few_queries_however_many_are_missing(
        self, asset, ig_officer, django_assert_max_num_queries
    ):
        browser = signed_in(ig_officer)
        browser.get(reverse("risks:promotions"))
        for number in (10, 60):
            for _ in range(number):
                critical(owner=asset.owner)
            with django_assert_max_num_queries(12):
                assert browser.get(reverse("risks:promotions")).status_code == 200

    @pytest.mark.parametrize(("number", "more"), [(50, ""), (52, "And 2 more")])
    def test_more_dpias_than_the_page_names_are_counted_and_lead_to_all(self, ig_officer, number, more):
        rules_in_force(dpia_from="high")
        for _ in range(number):
            DpiaRiskFactory(overall="high", residual="high")
        page = signed_in(ig_officer).get(reverse("risks:promotions")).content.decode()
        assert ("more: <a" in page) == bool(more)
        assert more in page

    def test_the_siros_dashboard_opens_it(self, asset, siro):
        page = " ".join(signed_in(siro).get(reverse("board:board")).content.decode().split())
        assert "What waits for a decision" in page
        place = page.index("Critical assets without a risk on the register")
        assert '">1</span>' in page[place - 120 : place]
