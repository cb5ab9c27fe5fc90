"""The pages of the rules: written by an officer previewed over real records, adopted by the SIRO."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.core.dates import today
from governance.people.models import Role
from risks.models import EscalationRules
from risks.services.rules import USUAL, adopt, begin
from tests.cast import play, signed_in
from tests.risks.factories_rules import critical, rules_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in(play("ig_officer", Role.IG_OFFICER))


@pytest.fixture
def siro():
    return signed_in(play("siro", Role.SIRO))


def typed(rules=None, **said):
    values = {name: "" if value is None else value for name, value in (USUAL | said).items()}
    if rules is not None:
        values |= {"seen_version": rules.standing_version(), "change_reason": "As the policy says"}
    return values


def words(answer):
    return " ".join(answer.content.decode().split())


def address(name, rules):
    return reverse(f"risks:{name}", args=[rules.number])


class TestWriting:
    def test_an_officer_begins_a_draft(self, officer):
        page = words(officer.get(reverse("risks:all_rules")))
        assert "No rules are in force yet" in page
        answer = officer.post(reverse("risks:new_rules"), typed(days_above=21), follow=True)
        assert "version 1 begun as a draft" in words(answer)
        assert EscalationRules.objects.get().days_above == 21

    def test_a_preview_counts_the_records_of_today_and_saves_nothing(self, officer):
        critical(3)
        answer = officer.post(reverse("risks:new_rules"), {**typed(asset_from=3), "preview": "1"})
        page = words(answer)
        assert "Preview: nothing is saved yet" in page
        row = page[page.index("Critical assets without a risk") :]
        assert '<td class="app-number">0</td><td class="app-number">1</td>' in row[:200]
        assert not EscalationRules.objects.exists()

    def test_a_draft_is_changed_with_a_reason(self, officer):
        draft = begin()
        officer.post(address("write_rules", draft), typed(draft, days_within=60))
        draft.refresh_from_db()
        assert draft.days_within == 60
        last = EscalationRules.history.filter(id=draft.pk).order_by("-history_id").first()
        assert last.history_change_reason == "As the policy says"

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"source": ""}, "There is a problem"),
            ({"days_above": 91}, "The days above appetite must not be more than 90"),
            ({"days_beyond": 31}, "The days above tolerance must not be more than 30"),
            ({"days_beyond": ""}, "Enter the days above tolerance"),
            ({"days_within": "soon"}, "must be a number"),
            ({"days_within": 400}, "must be 366 or less"),
            ({"days_within": -1}, "must be 0 or more"),
            ({"asset_from": 99}, "Select"),
            ({"overdue_to": "author"}, "Select"),
        ],
    )
    def test_what_makes_no_sense_is_said_and_nothing_is_lost(self, officer, said, sentence):
        answer = officer.post(reverse("risks:new_rules"), {**typed(source="The policy of May"), **said})
        page = words(answer)
        assert sentence.lower() in page.lower()
        assert "source" in said or "The policy of May" in page
        assert not EscalationRules.objects.exists()

    def test_two_who_write_one_draft_choose(self, officer):
        draft = begin()
        mine = typed(draft, days_within=60)
        EscalationRules.objects.filter(pk=draft.pk).update(days_within=70)
        answer = officer.post(address("write_rules", draft), mine)
        assert answer.status_code == 409
        assert "70" in words(answer)

    def test_what_is_adopted_is_written_no_more(self, officer):
        made = rules_in_force()
        answer = officer.get(address("write_rules", made), follow=True)
        assert "stands as it is" in words(answer)


class TestAdopting:
    def said(self, rules, **said):
        return {
            "from_on": today().isoformat(),
            "reason": "Cabinet Member",
            "seen": rules.standing_version(),
            **said,
        }

    def test_the_siro_puts_it_in_force_seeing_what_it_brings(self, siro):
        draft = begin()
        assert "What these rules would bring today" in words(siro.get(address("adopt_rules", draft)))
        answer = siro.post(address("adopt_rules", draft), self.said(draft), follow=True)
        assert "is in force from" in words(answer)
        assert EscalationRules.objects.in_force(today()) == draft

    def test_a_draft_changed_meanwhile_is_looked_at_again(self, siro):
        draft = begin()
        said = self.said(draft)
        EscalationRules.objects.filter(pk=draft.pk).update(days_within=70)
        answer = siro.post(address("adopt_rules", draft), said)
        assert "look at it again" in words(answer)
        assert "Cabinet Member" in words(answer)
        assert f'value="{draft.standing_version()}"' in words(answer)

    @pytest.mark.parametrize("seen", ["", "x", "²", "9" * 30, "0"])
    def test_a_token_that_was_made_up_adopts_nothing(self, siro, seen):
        draft = begin()
        assert siro.post(address("adopt_rules", draft), self.said(draft, seen=seen)).status_code == 200
        assert EscalationRules.objects.in_force(today()) is None

    def test_a_version_says_what_it_says_otherwise(self, siro):
        rules_in_force(days_above=30)
        later = begin(days_above=20, accept_within=Role.SERVICE_MANAGER)
        page = words(siro.get(later.get_absolute_url()))
        assert "Reviews above appetite are escalated after: 20 days overdue, was 30 days overdue" in page
        assert "Service manager, for their unit" in page

    def test_one_that_is_to_come_can_be_taken_back(self, siro):
        made = adopt(begin(), from_on=today() + timedelta(days=3), reason="x")
        answer = siro.post(address("withdraw_rules", made), {"reason": "Too early"}, follow=True)
        assert "is a draft again" in words(answer)


def test_a_version_asks_as_much_however_many_there_are(officer, django_assert_max_num_queries):
    drafts = [begin() for _ in range(6)]
    officer.get(drafts[0].get_absolute_url())
    with django_assert_max_num_queries(18):
        officer.get(drafts[-1].get_absolute_url())
    with django_assert_max_num_queries(12):
        officer.get(reverse("risks:all_rules"))
