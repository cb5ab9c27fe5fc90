"""The rules of escalation are versioned data: written by officers, adopted by the SIRO, then kept."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from governance.core.dates import today
from governance.core.steps import StepError
from governance.figures.moment import Moment, Scope
from governance.history.adopting import withdraw
from governance.history.trail import signed
from governance.people.models import Role
from risks.figures.promotion import missing_assets
from risks.models import EscalationRules
from risks.services.rules import USUAL, adopt, begin, effects
from tests.cast import play
from tests.factories import RiskFactory
from tests.risks.factories_rules import critical, rules_in_force
from tests.risks.refused import refused_by

pytestmark = pytest.mark.django_db
TOMORROW, YESTERDAY = today() + timedelta(days=1), today() - timedelta(days=1)


def change(rules, **said):
    EscalationRules.objects.filter(pk=rules.pk).update(**said)


class TestVersions:
    def test_the_first_draft_says_what_the_product_comes_with(self):
        made = begin()
        assert (made.number, made.standing, made.days_above) == (1, "Draft", USUAL["days_above"])

    def test_the_next_says_what_is_in_force(self):
        rules_in_force(days_above=21, accept_within=Role.SERVICE_MANAGER)
        made = begin(days_within=60)
        assert (made.number, made.days_above, made.days_within) == (2, 21, 60)
        assert made.accept_within == Role.SERVICE_MANAGER

    def test_those_of_the_day_are_in_force(self):
        now, later = rules_in_force(), begin()
        adopt(later, from_on=TOMORROW, reason="x")
        found = EscalationRules.objects.in_force
        assert (found(YESTERDAY), found(today()), found(TOMORROW)) == (None, now, later)

    def test_rules_do_not_come_into_force_in_the_past(self):
        with pytest.raises(StepError, match="a day that is past"):
            adopt(begin(), from_on=YESTERDAY, reason="x")

    def test_only_the_first_come_into_force_on_the_day_on_which_they_are_adopted(self):
        rules_in_force()
        with pytest.raises(StepError, match="from today"):
            adopt(begin(), from_on=today(), reason="x")
        draft = begin()
        with refused_by("escalation_rules_follow_the_last"):
            change(draft, from_on=today())
        change(draft, from_on=TOMORROW)

    def test_a_moment_that_was_shown_is_not_told_otherwise_by_rules_of_later_that_day(self):
        critical(3)
        shown = Moment(today(), timezone.now())
        rules_in_force(asset_from=3)
        assert missing_assets(shown, Scope()).count() == 0
        assert missing_assets(Moment(today(), timezone.now()), Scope()).count() == 1

    def test_rules_follow_those_of_a_later_day(self):
        adopt(begin(), from_on=TOMORROW, reason="x")
        with pytest.raises(StepError, match="Choose a later day"):
            adopt(begin(), from_on=today(), reason="x")

    def test_what_is_adopted_is_adopted_once(self):
        with pytest.raises(StepError, match="is adopted already"):
            adopt(rules_in_force(), from_on=TOMORROW, reason="x")

    def test_what_was_changed_since_it_was_shown_is_looked_at_again(self):
        draft = begin()
        seen = draft.standing_version()
        change(draft, days_within=99)
        with pytest.raises(StepError, match="look at it again"):
            adopt(draft, from_on=today(), reason="x", seen=seen)
        assert adopt(draft, from_on=today(), reason="x", seen=draft.standing_version()).from_on == today()

    def test_before_its_day_a_version_can_go_back_among_the_drafts(self):
        made = adopt(begin(), from_on=TOMORROW, reason="x")
        assert withdraw(made, reason="Too early").standing == "Draft"
        with pytest.raises(StepError, match="is a draft already"):
            withdraw(made, reason="Again")
        with pytest.raises(StepError, match="stands as it is"):
            withdraw(adopt(made, from_on=today(), reason="x"), reason="Too late")

    def test_a_draft_says_what_it_would_bring_before_it_is_in_force(self):
        critical(3)
        first = effects(begin(asset_from=3))[0]
        assert (first.now, first.then) == (0, 1)
        rules_in_force(asset_from=3)
        (first, *_) = effects(begin(asset_from=None))
        assert (first.now, first.then) == (1, 0)


class TestWhoAdopts:
    def test_nobody_adopts_what_they_wrote(self, siro):
        with signed(siro):
            draft = begin()
        assert not siro.has_perm("risks.adopt_rules", draft)
        assert play("second_siro", Role.SIRO).has_perm("risks.adopt_rules", draft)

    def test_nor_what_they_changed(self, siro, ig_officer):
        with signed(ig_officer):
            draft = begin()
        assert siro.has_perm("risks.adopt_rules", draft)
        with signed(siro):
            change(draft, days_within=50)
        assert not siro.has_perm("risks.adopt_rules", draft)


class TestTheDatabaseKeeps:
    @pytest.mark.parametrize(
        ("said", "rule"),
        [
            ({"source": ""}, "escalation_rules_say_where_they_come_from"),
            ({"days_within": 400}, "escalation_rules_wait_a_year_at_most"),
            ({"days_above": 91}, "escalation_rules_wait_no_longer_for_what_is_worse"),
            ({"days_above": None}, "escalation_rules_ask_for_what_is_worse_too"),
            ({"days_beyond": None}, "escalation_rules_ask_for_what_is_worse_too"),
            ({"dpia_from": "huge"}, "escalation_rules_name_a_known_level_of_dpia"),
            ({"overdue_to": Role.AUTHOR}, "escalation_rules_tell_somebody"),
            ({"accept_within": Role.INTERNAL_AUDITOR}, "escalation_rules_name_who_may_accept"),
            ({"accept_above": Role.DPO}, "escalation_rules_name_who_may_accept"),
            ({"from_on": YESTERDAY}, "escalation_rules_are_not_from_the_past"),
        ],
    )
    def test_each_rule_about_rules(self, said, rule):
        draft = begin()
        with refused_by(rule):
            change(draft, **said)

    def test_what_is_in_force_stands(self):
        made = rules_in_force()
        for said in ({"days_within": 120}, {"from_on": None}, {"from_on": TOMORROW}):
            with refused_by("escalation_rules_in_force_stand"):
                change(made, **said)
        with refused_by("escalation_rules_in_force_stand"):
            made.delete()

    def test_what_is_adopted_is_taken_back_before_it_is_changed(self):
        made = adopt(begin(), from_on=TOMORROW, reason="x")
        with refused_by("escalation_rules_in_force_stand"):
            change(made, days_within=120)
        change(made, from_on=None)
        change(made, days_within=120)

    def test_what_is_adopted_for_a_day_to_come_is_taken_back_before_it_is_deleted(self):
        made = adopt(begin(), from_on=TOMORROW, reason="x")
        with refused_by("escalation_rules_in_force_stand"):
            made.delete()
        withdraw(made, reason="Too early").delete()
        assert not EscalationRules.objects.exists()

    def test_no_version_comes_into_force_before_another(self):
        adopt(begin(), from_on=TOMORROW, reason="x")
        draft = begin()
        with refused_by("escalation_rules_follow_the_last"):
            change(draft, from_on=today())


@pytest.mark.django_db(transaction=True)
def test_two_drafts_begun_at_once_get_two_numbers():
    def work():
        begin()
        connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert set(EscalationRules.objects.values_list("number", flat=True)) == {1, 2, 3}


def test_the_history_keeps_every_word_of_a_draft(ig_officer):
    RiskFactory()
    with signed(ig_officer):
        draft = begin(days_within=80)
        change(draft, days_within=70)
    said = EscalationRules.history.filter(id=draft.pk).order_by("history_id")
    assert list(said.values_list("days_within", flat=True)) == [80, 70]
