"""A score that was wrong is put right on a page: the wrong one stays, and what was known then stands."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.urls import reverse

from governance.core.dates import today
from governance.figures.moment import Moment
from risks.models import Assessment, Risk
from risks.representations.definition import shipped
from risks.representations.scores import Scores
from risks.services.assessment import correct
from risks.services.matrix import adopt, begin
from tests.cast import signed_in
from tests.factories import RiskFactory, UserFactory
from tests.risks.factories import INHERENT, TARGET, cell, score

pytestmark = pytest.mark.django_db
LATER = date(2021, 6, 3)


def correcting(wrong):
    return reverse("risks:correct_score", args=[wrong.risk.reference, wrong.pk])


def typed(wrong, likelihood=None, impact=None, *, what="right", on=None, **more):
    day = on or wrong.effective_on
    chosen = cell(likelihood, impact, wrong.cell.matrix) if likelihood else wrong.cell
    given = {"what": what, "cell": chosen.pk, "reason": "The columns were swapped"}
    return given | {"on_day": day.day, "on_month": day.month, "on_year": day.year} | more


def page(person, thing, **asked):
    return signed_in(person).get(thing.get_absolute_url(), asked).content.decode()


def standing(risk):
    return risk.assessments.current(Moment.now()).values_list("cell__likelihood", "cell__impact").first()


class TestCorrecting:
    def test_the_right_score_takes_the_place_of_the_wrong_one_which_stays_in_the_history(self, ig_officer):
        wrong = score(RiskFactory(), 1, 5)
        answer = signed_in(ig_officer).post(correcting(wrong), typed(wrong, 5, 1))
        assert answer.url == wrong.risk.get_absolute_url()
        assert standing(wrong.risk) == (5, 1)
        told = page(ig_officer, wrong.risk)
        assert "Corrected on" in told
        assert "in place of a wrong one" in told
        assert "The columns were swapped" in told
        assert wrong.risk.assessments.count() == 2

    def test_a_correction_keeps_its_place_before_a_later_score(self, ig_officer):
        risk = RiskFactory()
        wrong = score(risk, 1, 5)
        score(risk, 2, 2, on=LATER)
        answer = signed_in(ig_officer).post(correcting(wrong), typed(wrong, 5, 5))
        assert standing(risk) == (2, 2)
        said = [str(each) for each in get_messages(answer.wsgi_request)]
        assert "The current score that stands is Low, from 3 June 2021" in said

    def test_one_that_never_was_counts_no_more_and_says_that_none_stands(self, ig_officer):
        wrong = score(RiskFactory(), 4, 4)
        given = typed(wrong, what="never", cell="", on_day="", on_month="", on_year="")
        answer = signed_in(ig_officer).post(correcting(wrong), given, follow=True)
        assert standing(wrong.risk) is None
        assert "No current score stands any more" in answer.content.decode()
        assert "this score never happened" in answer.content.decode()

    def test_what_was_known_before_the_correction_is_shown_as_it_was(self):
        wrong = score(RiskFactory(), 1, 5)
        right = correct(wrong, cell=cell(5, 5), reason="Swapped", by=UserFactory())
        before = Scores.of(wrong.risk, Moment(today(), right.known_at))
        assert before.standing["current"] == wrong
        assert [row.corrected for row in before.rows] == [""]
        now = Scores.of(wrong.risk, Moment.now())
        assert now.standing["current"] == right
        assert [bool(row.corrected) for row in now.rows].count(True) == 1

    def test_a_correction_that_changes_nothing_is_refused_in_words(self, ig_officer):
        wrong = score(RiskFactory(), 1, 5)
        answer = signed_in(ig_officer).post(correcting(wrong), typed(wrong))
        assert "as it stands" in answer.context["form"].errors["cell"][0]
        assert wrong.risk.assessments.count() == 1

    def test_one_that_only_moves_the_day_is_none_that_changes_nothing(self, ig_officer):
        wrong = score(RiskFactory(), 1, 5)
        signed_in(ig_officer).post(correcting(wrong), typed(wrong, on=LATER))
        assert wrong.risk.assessments.current(Moment.now()).get().effective_on == LATER

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"what": ""}, "what"), ({"what": "both"}, "what"), ({"cell": "\x00"}, "cell"),
         ({"reason": " "}, "reason"), ({"on_month": "13"}, "on"), ({"on_year": "1999"}, "on")],
    )  # fmt: skip
    def test_what_corrects_nothing_is_told_at_its_field_and_keeps_what_was_typed(
        self, ig_officer, change, field
    ):
        wrong = score(RiskFactory(), 1, 5)
        answer = signed_in(ig_officer).post(correcting(wrong), typed(wrong, 5, 1) | change)
        assert answer.status_code == 200
        assert field in answer.context["form"].errors
        assert field == "reason" or answer.context["form"]["reason"].value() == "The columns were swapped"
        assert wrong.risk.assessments.count() == 1

    def test_a_target_put_right_to_above_the_current_score_says_why(self, ig_officer):
        risk = RiskFactory()
        score(risk, 2, 2)
        wrong = score(risk, 1, 1, kind=TARGET)
        browser = signed_in(ig_officer)
        answer = browser.post(correcting(wrong), typed(wrong, 4, 4))
        assert "above the current score" in answer.context["form"].errors["waiver"][0]
        browser.post(correcting(wrong), typed(wrong, 4, 4, waiver="It opens to all in May"))
        assert risk.assessments.get(corrects=wrong).waiver == "It opens to all in May"

    def test_a_score_is_corrected_under_the_matrix_of_its_day(self, ig_officer):
        wrong = score(RiskFactory(), 1, 5)
        adopt(begin(shipped()["four_by_four"]), from_on=today(), reason="Cabinet, minute 65")
        shown = signed_in(ig_officer).get(correcting(wrong)).content.decode()
        assert shown.count('type="radio" name="cell"') == 25
        signed_in(ig_officer).post(correcting(wrong), typed(wrong, 5, 5))
        assert risk_matrix(wrong) == wrong.cell.matrix_id

    def test_one_corrected_already_leads_to_the_risk_and_says_so(self, ig_officer):
        wrong = score(RiskFactory(), 1, 5)
        correct(wrong, cell=cell(5, 1), reason="Swapped", by=ig_officer)
        browser = signed_in(ig_officer)
        assert "corrected already" in browser.get(correcting(wrong), follow=True).content.decode()
        answer = browser.post(correcting(wrong), typed(wrong, 3, 3))
        assert "corrected already" in answer.context["form"].non_field_errors()[0]

    def test_an_owner_scores_but_does_not_correct(self, owner):
        wrong = score(owner.risk, 1, 5)
        assert signed_in(owner).post(correcting(wrong), typed(wrong, 1, 1)).status_code == 403
        assert "This score was wrong" not in page(owner, owner.risk)

    def test_of_a_risk_that_is_closed_no_score_is_corrected(self, ig_officer):
        wrong = score(RiskFactory(), 1, 5)
        Risk.objects.filter(pk=wrong.risk_id).update(state="closed")
        assert signed_in(ig_officer).get(correcting(wrong)).status_code == 403

    def test_a_score_of_another_risk_is_not_found_under_this_one(self, ig_officer):
        wrong, other = score(RiskFactory(), 1, 5), RiskFactory()
        address = reverse("risks:correct_score", args=[other.reference, wrong.pk])
        assert signed_in(ig_officer).get(address).status_code == 404

    @pytest.mark.django_db(transaction=True)
    def test_of_two_who_correct_at_once_the_second_is_told(self, ig_officer):
        wrong = score(RiskFactory(), 1, 5)
        browsers, given = [signed_in(ig_officer) for _ in range(3)], typed(wrong, 5, 1)

        def put_right(browser):
            try:
                return browser.post(correcting(wrong), given).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(max_workers=3) as people:
            answers = sorted(people.map(put_right, browsers))
        assert answers == [200, 200, 302]
        assert Assessment.objects.filter(corrects=wrong).count() == 1


class TestWhatIsSaidOfAScore:
    def test_a_score_of_an_earlier_day_says_which_one_still_stands(self, owner):
        score(owner.risk, 4, 4, on=LATER)
        day = date(2020, 1, 1)
        given = {"cell": cell(1, 1).pk, "reason": "Found in the minutes",
                 "seen": owner.risk.assessments.get().pk,
                 "on_day": day.day, "on_month": day.month, "on_year": day.year}  # fmt: skip
        address = reverse("risks:score", args=[owner.risk.reference, "current"])
        told = signed_in(owner).post(address, given, follow=True).content.decode()
        assert "The current score that stands is Very high, from 3 June 2021" in told

    def test_a_target_that_is_above_the_new_current_score_is_said_until_it_is_scored_again(self, owner):
        score(owner.risk, 5, 5)
        score(owner.risk, 4, 4, kind=TARGET)
        score(owner.risk, 2, 2, on=LATER)
        assert "is now above the current score" in page(owner, owner.risk)
        score(owner.risk, 1, 1, kind=TARGET, on=LATER)
        assert "is now above the current score" not in page(owner, owner.risk)

    def test_a_target_above_for_a_reason_is_not_complained_of(self, owner):
        score(owner.risk, 2, 2)
        score(owner.risk, 4, 4, kind=TARGET, waiver="It opens to all in May")
        assert "is now above the current score" not in page(owner, owner.risk)


class TestHowItMoved:
    def test_no_line_leads_from_one_matrix_to_another(self, ig_officer):
        risk = RiskFactory()
        for likelihood, day in ((5, date(2020, 1, 15)), (4, LATER)):
            score(risk, likelihood, 5, on=day)
        four = adopt(begin(shipped()["four_by_four"]), from_on=today(), reason="Cabinet, minute 65")
        score(risk, 4, 4, on=today(), cell=cell(4, 4, four))
        found = Scores.of(risk, Moment.now())
        assert [list(chart.series[0].values) for chart in found.charts] == [[25, 20]]
        assert "not to be compared" in found.moves[-1]
        assert f"matrix {four.number}" in page(ig_officer, risk)

    def test_each_move_is_said_in_words(self):
        risk = RiskFactory()
        for month, (likelihood, impact) in enumerate([(2, 2), (4, 4), (1, 1), (1, 1)], 1):
            score(risk, likelihood, impact, on=date(2021, month, 1))
        endings = [sentence.partition(": ")[2] for sentence in Scores.of(risk, Moment.now()).moves]
        assert endings == [
            "the first score",
            "up from Low",
            "down from Very high",
            "scored again, no other level or score",
        ]

    def test_corrected_inherent_and_void_scores_move_nothing(self):
        risk = RiskFactory()
        score(risk, 5, 5, kind=INHERENT)
        wrong = score(risk, 1, 5)
        correct(wrong, cell=cell(2, 2), reason="Swapped", by=UserFactory())
        gone = score(risk, 3, 3, on=today() - timedelta(days=1))
        correct(gone, void=True, reason="Another risk", by=UserFactory())
        found = Scores.of(risk, Moment.now())
        assert (len(found.moves), found.charts) == (1, [])


def risk_matrix(wrong):
    return wrong.risk.assessments.current(Moment.now()).get().cell.matrix_id
