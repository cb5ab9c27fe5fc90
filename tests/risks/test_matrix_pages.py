"""The pages of the matrix: begun by an officer, previewed, saved, put in force by the SIRO."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.core.dates import today
from governance.people.models import Role
from risks.forms.matrix_fields import initial
from risks.models import RiskMatrix
from risks.representations.definition import of_matrix, shipped
from risks.services.matrix import adopt, begin, write
from tests.cast import play, signed_in
from tests.factories import RoleAssignmentFactory

pytestmark = pytest.mark.django_db
FIVE, FOUR = shipped()["five_by_five"], shipped()["four_by_four"]


@pytest.fixture
def officer():
    return signed_in(play("ig_officer", Role.IG_OFFICER))


@pytest.fixture
def siro():
    return signed_in(play("siro", Role.SIRO))


@pytest.fixture
def draft():
    return begin(FIVE)


def address(name, matrix):
    return reverse(f"risks:{name}", args=[matrix.number])


def typed(definition=FIVE, **changes):
    return {**initial(definition), **changes}


def words(answer):
    return " ".join(answer.content.decode().split())


class TestReading:
    def test_where_none_is_in_force_the_page_says_who_begins_one(self, officer):
        page = words(officer.get(reverse("risks:matrices")))
        assert "No matrix is in force yet" in page
        assert "Begin a new version" in page

    def test_the_one_in_force_is_shown_with_its_words_and_lines(self, siro, draft):
        adopt(draft, from_on=today(), reason="x")
        page = words(siro.get(reverse("risks:matrices")))
        assert "Risks are scored under version 1" in page
        for said in ("Almost certain", "Catastrophic", "above tolerance", "above appetite", "every 6 months"):
            assert said in page.replace("Above", "above")

    def test_a_page_asks_the_same_few_questions_whatever_its_size(self, officer, draft):
        asked = []
        for matrix in (draft, begin(FOUR), draft):
            with CaptureQueriesContext(connection) as queries:
                officer.get(matrix.get_absolute_url())
            asked.append(len(queries))
        assert asked[1] == asked[2] <= 14

    def test_a_number_that_no_version_has_is_not_found(self, officer):
        for number in (0, 7, 99999999999999999999):
            assert officer.get(f"/risks/matrix/{number}/").status_code == 404


class TestDifferences:
    def test_a_version_says_what_it_says_otherwise_than_the_one_in_force(self, siro, draft):
        adopt(draft, from_on=today(), reason="x")
        low, *others = FIVE.levels
        grid = ((1, 1, 1, 1, 3), *FIVE.grid[1:])
        rare = replace(FIVE.likelihood[0], meaning="Not in ten years")
        other = begin(
            replace(
                FIVE,
                grid=grid,
                levels=(replace(low, review_months=24), *others),
                tolerance=4,
                likelihood=(rare, *FIVE.likelihood[1:]),
            )
        )
        for page in (
            words(siro.get(other.get_absolute_url())),
            words(siro.get(address("adopt_matrix", other))),
        ):
            for said in (
                "What is different from Version 1: Five by five",
                "Rare and Catastrophic come to High, were Medium",
                "Low (green, reviewed every 24 months, register of Service), was Low (green",
                "Highest level tolerated: Very high, was High",
                "Likelihood 1: Rare (Not in ten years), was Rare (Not in five years)",
            ):
                assert said in page

    def test_another_size_is_said_and_its_cells_are_not_compared(self, siro, draft):
        adopt(draft, from_on=today(), reason="x")
        page = words(siro.get(begin(FOUR).get_absolute_url()))
        assert "4 by 4 steps, was 5 by 5" in page
        assert "come to" not in page.split("What is different")[1]

    def test_the_first_is_compared_with_nothing(self, siro, draft):
        assert "What is different" not in words(siro.get(draft.get_absolute_url()))

    def test_one_in_force_is_compared_with_the_one_it_followed(self, siro, draft):
        adopt(draft, from_on=today(), reason="x")
        later = adopt(begin(FIVE), from_on=today() + timedelta(days=1), reason="x")
        assert "Nothing that scoring depends on" in words(siro.get(later.get_absolute_url()))
        assert "What is different" not in words(siro.get(draft.get_absolute_url()))


class TestBeginning:
    def test_a_draft_begins_as_one_that_is_shipped(self, officer):
        answer = officer.post(reverse("risks:new_matrix"), {"start": "four_by_four"})
        made = RiskMatrix.objects.get()
        assert answer.url == address("write_matrix", made)
        assert of_matrix(made) == FOUR

    def test_or_as_the_one_in_force(self, officer, draft):
        adopt(draft, from_on=today(), reason="x")
        officer.post(reverse("risks:new_matrix"), {"start": "standing"})
        assert of_matrix(RiskMatrix.objects.drafts().get()) == FIVE

    @pytest.mark.parametrize("start", ["", "standing", "../../etc"])
    def test_what_is_not_offered_is_asked_again(self, officer, start):
        answer = officer.post(reverse("risks:new_matrix"), {"start": start})
        assert "What should it begin as?" in words(answer)
        assert not RiskMatrix.objects.exists()


class TestWriting:
    def test_a_preview_shows_what_was_typed_and_saves_nothing(self, officer, draft):
        answer = officer.post(
            address("write_matrix", draft), typed(level_4_name="Intolerable", cell_5_5=1, preview="1")
        )
        page = words(answer)
        assert "Preview: nothing is saved yet" in page
        assert "Intolerable" in page
        assert "Almost certain and Catastrophic come to Low" in page
        assert of_matrix(draft) == FIVE

    def test_saved_it_says_what_was_typed(self, officer, draft):
        answer = officer.post(address("write_matrix", draft), typed(level_4_name="Intolerable", cell_1_1=2))
        assert answer.url == draft.get_absolute_url()
        said = of_matrix(RiskMatrix.objects.get())
        assert (said.levels[3].name, said.grid[0][0]) == ("Intolerable", 2)

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"cell_3_3": ""}, "Select the level for likelihood 3 with impact 3"),
            ({"cell_3_3": "9"}, "Select the level for likelihood 3 with impact 3 from the list"),
            ({"level_2_name": "low"}, "Another level is called low already"),
            ({"impact_2_name": "Negligible"}, "Another impact is called Negligible already"),
            ({"tolerance": "1"}, "cannot be lower than the highest within appetite"),
            ({"level_1_review_months": "0"}, "Months between reviews at level 1 must be 1 or more"),
            ({"level_1_review_months": "soon"}, "must be a number"),
            ({"name": "x" * 121}, "must be 120 characters or fewer"),
            ({"likelihood_1_name": "Nul\0l"}, "cannot be kept"),
        ],
    )
    def test_what_is_wrong_is_named_and_what_was_typed_is_kept(self, officer, draft, wrong, sentence):
        answer = officer.post(address("write_matrix", draft), typed(source="Kept as typed", **wrong))
        assert sentence in words(answer)
        assert "Kept as typed" in words(answer)
        assert of_matrix(draft) == FIVE

    def test_two_who_write_at_once_do_not_lose_each_others_words(self, officer, draft):
        mine = typed(name="Mine")
        officer.post(address("write_matrix", draft), typed(name="Theirs"))
        answer = officer.post(address("write_matrix", draft), mine)
        assert "Somebody else has changed this draft" in words(answer)
        assert 'value="Mine"' in words(answer)
        assert RiskMatrix.objects.get().name == "Theirs"
        again = mine | {"seen": answer.context["form"]["seen"].value()}
        officer.post(address("write_matrix", draft), again)
        assert RiskMatrix.objects.get().name == "Mine"

    def test_what_is_adopted_leads_back_with_a_word(self, officer, draft):
        adopt(draft, from_on=today(), reason="x")
        answer = officer.get(address("write_matrix", draft))
        assert answer.url == draft.get_absolute_url()
        assert "stands as it is" in str(next(iter(get_messages(answer.wsgi_request))))


class TestAdopting:
    def days(self, day, seen=FIVE):
        parts = {"from_on_day": day.day, "from_on_month": day.month, "from_on_year": day.year}
        return parts | {"seen": seen.digest}

    def test_only_what_was_shown_is_put_in_force(self, siro, draft):
        sent = self.days(today()) | {"reason": "Cabinet, minute 64"}
        write(draft, replace(FIVE, tolerance=4), seen=FIVE.digest)
        answer = siro.post(address("adopt_matrix", draft), sent)
        assert "The draft was changed since this page was shown" in words(answer)
        assert "Cabinet, minute 64" in words(answer)
        assert RiskMatrix.objects.get().from_on is None
        siro.post(address("adopt_matrix", draft), sent | {"seen": answer.context["form"]["seen"].value()})
        assert RiskMatrix.objects.get().from_on == today()

    def test_nobody_puts_a_version_in_force_that_they_have_written_in(self, draft):
        both = play("both", Role.SIRO)
        RoleAssignmentFactory(post=both.post, role=Role.IG_OFFICER)
        browser = signed_in(both)
        browser.post(address("write_matrix", draft), typed(cell_1_1=2))
        assert browser.get(address("adopt_matrix", draft)).status_code == 403
        assert "Put it in force" not in words(browser.get(draft.get_absolute_url()))

    def test_who_put_it_in_force_and_back_may_do_so_again(self, siro, draft):
        siro.post(address("adopt_matrix", draft), self.days(today() + timedelta(days=1)) | {"reason": "x"})
        siro.post(address("withdraw_matrix", draft), {"reason": "Not yet"})
        assert siro.get(address("adopt_matrix", draft)).status_code == 200

    def test_the_siro_puts_it_in_force_on_somebodys_decision(self, siro, draft):
        siro.post(address("adopt_matrix", draft), self.days(today()) | {"reason": "Cabinet, minute 64"})
        adopted = RiskMatrix.objects.get()
        assert adopted.from_on == today()
        assert "Cabinet, minute 64" in words(siro.get(adopted.get_absolute_url()))

    def test_without_a_day_or_a_decision_nothing_happens(self, siro, draft):
        page = words(siro.post(address("adopt_matrix", draft), {}))
        assert "Enter the day from which it is in force" in page
        assert "On whose decision?" in page
        assert RiskMatrix.objects.get().from_on is None

    def test_a_day_that_is_past_is_refused_in_a_sentence(self, siro, draft):
        adopt(draft, from_on=today(), reason="x")
        other = begin(FOUR)
        answer = siro.post(
            address("adopt_matrix", other), self.days(today() - timedelta(days=1), FOUR) | {"reason": "x"}
        )
        assert "a day that is past" in words(answer)

    def test_before_its_day_it_can_be_put_back(self, siro, draft):
        adopt(draft, from_on=today() + timedelta(days=3), reason="x")
        assert "Put it back among the drafts" in words(siro.get(draft.get_absolute_url()))
        siro.post(address("withdraw_matrix", draft), {"reason": "Not yet"})
        assert RiskMatrix.objects.get().from_on is None

    def test_on_its_day_it_cannot(self, siro, draft):
        adopt(draft, from_on=today(), reason="x")
        assert "Put it back" not in words(siro.get(draft.get_absolute_url()))
        answer = siro.post(address("withdraw_matrix", draft), {"reason": "Not yet"})
        assert "stands as it is" in words(answer)
