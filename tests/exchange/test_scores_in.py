"""Scores come in by file: what differs from the register is a new score, and nothing else is."""

import pytest

from governance.core.dates import today
from governance.exchange.importing import MovedOnError, check, commit, undo
from governance.people.registers.sheet import SHEETS
from risks.models import Assessment, Risk
from tests.cast import signed_in
from tests.exchange.files import csv_rows
from tests.exchange.scores import BOTH, TARGETS, bring_scores, faults, standing
from tests.exchange.test_risks_in import back, bring, new_row, out
from tests.exchange.test_round_trip import edited_csv
from tests.factories import PostFactory, RiskFactory
from tests.risks.factories import CURRENT, INHERENT, TARGET, cell, in_force, score

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("matrix")]


# What comes in


def test_a_score_that_differs_becomes_a_new_one_by_who_commits(ig_officer, risk):
    before = Assessment.objects.get(risk=risk)
    batch = bring_scores(ig_officer, [risk.reference, "5", "4"])
    assert batch.rows.counts()["changed"] == 1
    assert Assessment.objects.count() == 1
    commit(batch.pk)
    made = Assessment.objects.exclude(pk=before.pk).get()
    assert (made.kind, made.cell, made.reason) == (CURRENT, cell(5, 4), "From risks.csv, row 2")
    assert (made.effective_on, made.recorded_by) == (today(), ig_officer)
    assert (made.corrects, made.source_document) == (None, "")
    assert standing(risk) == {"current": (5, 4)}
    assert Assessment.objects.filter(pk=before.pk, cell=cell(3, 3)).exists()


def test_a_score_alone_leaves_no_version_of_its_risk(ig_officer, risk):
    before = Risk.history.count()
    commit(bring_scores(ig_officer, [risk.reference, "5", "4"]).pk)
    assert Risk.history.count() == before


def test_the_reason_of_the_file_is_the_reason_of_each_new_score_of_its_row(ig_officer, risk):
    headings = [*BOTH, *TARGETS[1:], "Rationale"]
    row = [risk.reference, "5", "4", "1", "2", "The workshop of May"]
    commit(bring_scores(ig_officer, row, headings=headings).pk)
    made = Assessment.objects.filter(reason="The workshop of May")
    assert sorted(made.values_list("kind", flat=True)) == ["current", "target"]


def test_words_of_the_matrix_in_force_are_read_in_any_spelling(ig_officer):
    low, high = (in_force().scale.filter(axis=axis, number=5).get() for axis in ("likelihood", "impact"))
    spelled = [low.name, low.name.upper(), f"5 - {low.name}", f"{low.name} (5)", f"5 {low.name}"]
    post = PostFactory()
    risks = RiskFactory.create_batch(len(spelled), owner=post)
    batch = bring_scores(
        ig_officer, *([each.reference, said, high.name] for each, said in zip(risks, spelled, strict=True))
    )
    assert faults(batch) == []
    commit(batch.pk)
    assert [standing(each) for each in risks] == [{"current": (5, 5)}] * len(spelled)


def test_a_new_risk_gets_its_scores(ig_officer, owner):
    headings = [
        "Risk ID", "Risk title", "Cause", "Consequences", "Risk owner", "Service", "Asset reference",
        "Inherent likelihood", "Inherent impact", *BOTH[1:], *TARGETS[1:],
    ]  # fmt: skip
    rows = [[*new_row(owner), "5", "5", "3", "4", "2", "2"], [*new_row(owner, "Another"), *[""] * 6]]
    commit(bring(rows, ig_officer, headings).pk)
    found = Risk.objects.get(title="Loss of a laptop")
    assert standing(found) == {"inherent": (5, 5), "current": (3, 4), "target": (2, 2)}
    assert standing(Risk.objects.get(title="Another")) == {}


@pytest.mark.parametrize(
    "headings",
    [
        ["Reference", "Current likelihood", "Current impact"],
        ["Reference", "Probability", "Severity"],
        ["Reference", "Residual likelihood", "Impact (residual)"],
        ["Reference", "Likelihood score", "Impact score"],
        ["Reference", "Likelihood (current)", "Net impact"],
    ],
)
def test_headings_of_councils_are_known(ig_officer, risk, headings):
    commit(bring_scores(ig_officer, [risk.reference, 2, 5], headings=headings).pk)
    assert standing(risk) == {"current": (2, 5)}


def test_no_heading_is_that_of_two_columns():
    names = [word.casefold() for column in SHEETS["risks"].all_columns
             for word in {column.heading, *column.aliases}]  # fmt: skip
    assert [word for word in names if names.count(word) > 1] == []


# What adds nothing


def test_an_export_that_nobody_edited_adds_no_score(ig_officer):
    for place in range(1, 6):
        each = RiskFactory()
        score(each, place, 6 - place)
        score(each, 5, 5, kind=INHERENT)
        score(each, 1, 1, kind=TARGET)
    batch = back(out(ig_officer), ig_officer, blank_means_empty=True)
    assert (batch.row_count, batch.unchanged_count) == (5, 5)


def test_five_edited_cells_are_five_new_scores(ig_officer):
    post = PostFactory()
    for each in RiskFactory.create_batch(40, owner=post):
        score(each, 3, 3)
        score(each, 1, 1, kind=TARGET)
    edits = {(row, "Likelihood"): "4" for row in (1, 9, 17, 25)} | {(40, "Target impact"): "2"}
    commit(back(edited_csv(out(ig_officer), edits), ig_officer).pk)
    assert Assessment.objects.count() == 80 + 5
    assert Assessment.objects.filter(effective_on=today()).count() == 5


def test_the_committed_file_brought_in_again_counts_once(ig_officer, risk):
    content = edited_csv(out(ig_officer), {(1, "Likelihood"): "5"})
    first, second = back(content, ig_officer), back(content, ig_officer)
    commit(first.pk)
    with pytest.raises(MovedOnError, match=risk.reference):
        commit(second.pk)
    assert back(content, ig_officer).unchanged_count == 1
    assert Assessment.objects.count() == 2


def test_a_blank_takes_no_score_away(ig_officer, risk):
    batch = bring_scores(ig_officer, [risk.reference, "", ""], blank_means_empty=True)
    assert batch.unchanged_count == 1


def test_a_reason_beside_the_score_that_stands_adds_nothing(ig_officer, risk):
    row = [risk.reference, "3", "3", "The workshop of May"]
    assert bring_scores(ig_officer, row, headings=[*BOTH, "Reason for the score"]).unchanged_count == 1


def test_what_somebody_scored_since_the_export_is_no_edit_of_the_file(ig_officer, risk):
    content = out(ig_officer)
    score(risk, 2, 2, on=today())
    assert back(content, ig_officer).unchanged_count == 1


# What is wrong


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["6", "3"], [("Likelihood", "6 is outside the matrix in force, which goes from 1 to 5")]),
        (["0", "7"], [("Likelihood", "0 is outside the matrix in force, which goes from 1 to 5"),
                      ("Impact", "7 is outside the matrix in force, which goes from 1 to 5")]),
        (["4", ""], [("Impact", "It is blank, but Likelihood is given. A score needs both")]),
        (["", "3"], [("Likelihood", "It is blank, but Impact is given. A score needs both")]),
    ],
)  # fmt: skip
def test_a_wrong_score_is_an_error_that_names_row_and_column(ig_officer, risk, cells, expected):
    batch = bring_scores(ig_officer, [risk.reference, *cells])
    assert faults(batch) == [(2, *each) for each in expected]
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("cell", ["Doubtful", "4.5", "-1", "1e3", "٤", "99999999999999999999", "=1+1"])
def test_what_is_no_step_of_the_matrix_is_an_error_that_names_the_steps(ig_officer, risk, cell):
    ((number, heading, said),) = faults(bring_scores(ig_officer, [risk.reference, cell, "3"]))
    assert (number, heading) == (2, "Likelihood")
    assert "is no likelihood of the matrix in force. Use one of: 1 " in said


def test_a_word_of_the_councils_own_can_be_matched_with_a_step(ig_officer, risk):
    batch = bring_scores(ig_officer, [risk.reference, "Doubtful", "3"])
    page = signed_in(ig_officer).get(f"/exchange/imports/{batch.pk}/words/").content.decode()
    assert "Doubtful" in page
    assert str(in_force().scale.filter(axis="likelihood", number=2).get()) in page


def test_a_likelihood_without_a_column_of_impact_is_an_error_where_it_differs(ig_officer, risk):
    same = bring_scores(ig_officer, [risk.reference, "3"], headings=["Reference", "Likelihood"])
    assert same.unchanged_count == 1
    other = bring_scores(ig_officer, [risk.reference, "4"], headings=["Reference", "Likelihood"])
    assert faults(other) == [(2, "Likelihood", "Impact is not in the file. A score needs both")]


def test_a_target_above_the_current_score_says_why(ig_officer, risk):
    headings, row = [*TARGETS, "Why the target is above the current score"], [risk.reference, 5, 5]
    ((number, heading, said),) = faults(bring_scores(ig_officer, [*row, ""], headings=headings))
    assert (number, heading) == (2, "Target likelihood")
    assert "would be above the current score, which is" in said
    commit(bring_scores(ig_officer, [*row, "A pilot"], headings=headings).pk)
    made = Assessment.objects.get(kind=TARGET)
    assert (made.waiver, standing(risk)["target"]) == ("A pilot", (5, 5))


def test_a_target_is_compared_with_the_current_score_of_its_own_row(ig_officer, risk):
    headings = [*BOTH, *TARGETS[1:]]
    lower = bring_scores(ig_officer, [risk.reference, 1, 1, 2, 2], headings=headings)
    assert [heading for _, heading, _ in faults(lower)] == ["Target likelihood"]
    higher = bring_scores(ig_officer, [risk.reference, 5, 5, 4, 4], headings=headings)
    assert faults(higher) == []
    commit(higher.pk)
    assert standing(risk) == {"current": (5, 5), "target": (4, 4)}


def test_a_current_score_below_the_target_is_remarked_on(ig_officer, risk):
    score(risk, 3, 2, kind=TARGET)
    (row,) = bring_scores(ig_officer, [risk.reference, 1, 1]).rows.all()
    (remark,) = row.remarks
    assert remark.endswith("score the target again")


def test_a_score_of_a_closed_risk_is_an_error_and_of_a_risk_that_one_may_not_open_too(ig_officer):
    closed = RiskFactory(state="closed")
    batch = bring_scores(ig_officer, [closed.reference, 2, 2], ["IR-9999", 2, 2])
    said = [sentence for _, _, sentence in faults(batch)]
    assert said[0] == "You may not change it"
    assert said[1].startswith("There is no risk IR-9999")


# What pages say


def test_the_check_says_old_and_new_with_their_levels(ig_officer, risk):
    batch = bring_scores(ig_officer, [risk.reference, 5, 5])
    page = signed_in(ig_officer).get(batch.get_absolute_url()).content.decode()
    assert "Current score" in page
    assert str(cell(3, 3)) in page
    assert f"{cell(5, 5)}. Reason: From risks.csv, row 2" in page


def test_a_score_is_shown_on_the_page_of_its_risk_with_the_reason_of_the_file(ig_officer, risk):
    commit(bring_scores(ig_officer, [risk.reference, 5, 5]).pk)
    page = signed_in(ig_officer).get(f"/risks/{risk.reference}/").content.decode()
    assert "From risks.csv, row 2" in page


def test_nobody_accepts_by_a_file_and_the_check_says_so(ig_officer, risk):
    headings = [*BOTH, "Accepted by", "Acceptance date"]
    batch = bring_scores(ig_officer, [risk.reference, 5, 5, "The SIRO", "1 May 2026"], headings=headings)
    page = signed_in(ig_officer).get(batch.get_absolute_url()).content.decode()
    assert "For reading only: nobody accepts a risk by a file." in page
    columns = signed_in(ig_officer).get(f"/exchange/imports/{batch.pk}/match/").content.decode()
    assert columns.count("nobody accepts a risk by a file") >= 2
    commit(batch.pk)
    assert risk.acceptances.count() == 0


def test_the_columns_of_scores_are_offered_under_a_heading_of_their_own(ig_officer, risk):
    batch = bring_scores(ig_officer, [risk.reference, 5, 5])
    field = signed_in(ig_officer).get(f"/exchange/imports/{batch.pk}/match/").context["form"]["column_1"]
    groups = dict(field.field.choices[2:])
    assert ("inherent_impact", "Inherent impact") in groups["Its scores"]
    assert field.value() == "current_likelihood"


def test_a_file_of_every_column_says_all_six_numbers_and_when_it_was_written(ig_officer, risk):
    score(risk, 1, 2, kind=TARGET)
    heading, row = csv_rows(out(ig_officer))
    said = dict(zip(heading, row, strict=True))
    names = ["Likelihood", "Impact", "Inherent likelihood", "Target likelihood", "Target impact"]
    assert [said[name] for name in names] == ["3", "3", "", "1", "2"]
    assert said["Written at"].startswith(str(today().year))


@pytest.mark.parametrize("count", [10, 200])
def test_ten_scores_take_as_many_queries_as_two_hundred(ig_officer, count, django_assert_max_num_queries):
    risks = RiskFactory.create_batch(count, owner=PostFactory())
    batch = bring_scores(ig_officer, *([each.reference, 4, 4] for each in risks))
    with django_assert_max_num_queries(20):
        check(batch, ig_officer)
    with django_assert_max_num_queries(24):
        commit(batch.pk)
    with django_assert_max_num_queries(26):
        undo(batch.pk)
