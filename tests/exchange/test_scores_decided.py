"""Scores of a file beside a later matrix, beside scores made since, and when they are taken back."""

import pytest

from governance.core.dates import today
from governance.exchange.importing import MovedOnError, check, commit, undo
from governance.people.models import Role
from risks.models import Assessment, Risk
from risks.representations.definition import shipped
from risks.services.assessment import correct
from risks.services.matrix import adopt, begin
from tests.cast import play
from tests.exchange.scores import TARGETS, bring_scores, faults, standing
from tests.exchange.test_risks_in import back, bring, new_row, out
from tests.exchange.test_round_trip import edited_csv
from tests.factories import RiskFactory
from tests.risks.factories import cell, score

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("matrix")]


# A matrix that came later


@pytest.fixture
def newer(risk):
    """A 4 by 4 in force since today, over a risk scored under the 5 by 5."""
    return adopt(begin(shipped()["four_by_four"]), from_on=today(), reason="Cabinet")


def test_numbers_of_a_score_under_an_earlier_matrix_are_that_score(ig_officer, risk, newer):
    assert back(out(ig_officer), ig_officer).unchanged_count == 1
    assert bring_scores(ig_officer, [risk.reference, 3, 3]).unchanged_count == 1


def test_numbers_that_only_the_earlier_matrix_had_come_back_unchanged(ig_officer):
    high = RiskFactory()
    score(high, 5, 5)
    newer = adopt(begin(shipped()["four_by_four"]), from_on=today(), reason="Cabinet")
    content = out(ig_officer)
    assert back(content, ig_officer).unchanged_count == 1
    assert [each[1] for each in faults(bring_scores(ig_officer, [high.reference, 5, 4]))] == ["Likelihood"]
    score(high, 2, 2, on=today(), cell=cell(2, 2, newer))
    assert back(content, ig_officer).unchanged_count == 1


def test_words_are_of_the_matrix_in_force_and_so_score_anew(ig_officer, risk, newer):
    words = [newer.scale.get(axis=axis, number=3).name for axis in ("likelihood", "impact")]
    commit(bring_scores(ig_officer, [risk.reference, *words]).pk)
    made = Assessment.objects.latest("pk")
    assert made.cell == cell(3, 3, newer)


# Conflicts, and taking back


def test_an_edit_beside_a_score_made_since_is_a_conflict_to_decide(ig_officer, risk):
    content = edited_csv(out(ig_officer), {(1, "Likelihood"): "5"})
    score(risk, 2, 2, on=today())
    batch = back(content, ig_officer)
    assert batch.rows.counts()["conflict"] == 1
    batch.choose("file", None, seen=batch.rows.seen())
    commit(batch.pk)
    assert standing(risk) == {"current": (5, 3)}


def test_the_register_that_counts_in_a_conflict_adds_no_score(ig_officer, risk):
    content = edited_csv(out(ig_officer), {(1, "Likelihood"): "5"})
    score(risk, 2, 2, on=today())
    batch = back(content, ig_officer)
    batch.choose("register", None, seen=batch.rows.seen())
    commit(batch.pk)
    assert standing(risk) == {"current": (2, 2)}


def test_what_is_scored_between_check_and_commit_stops_the_commit(ig_officer, risk):
    batch = bring_scores(ig_officer, [risk.reference, 5, 5])
    score(risk, 4, 4, on=today())
    with pytest.raises(MovedOnError, match=risk.reference):
        commit(batch.pk)
    assert standing(risk) == {"current": (4, 4)}


def test_a_target_stops_where_what_it_was_compared_with_is_scored_meanwhile(ig_officer, risk):
    batch = bring_scores(ig_officer, [risk.reference, 3, 3], headings=TARGETS)
    score(risk, 1, 1, on=today())
    with pytest.raises(MovedOnError, match=risk.reference):
        commit(batch.pk)
    check(batch, ig_officer)
    assert [heading for _, heading, _ in faults(batch)] == ["Target likelihood"]


def test_undo_strikes_out_what_the_file_added_so_that_the_score_before_stands(ig_officer, risk):
    other = play("another", Role.IG_OFFICER)
    batch = bring_scores(ig_officer, [risk.reference, 5, 5])
    commit(batch.pk)
    assert undo(batch.pk, by=other) == 0
    assert standing(risk) == {"current": (3, 3)}
    void = Assessment.objects.get(void=True)
    assert (void.corrects.cell, void.recorded_by) == (cell(5, 5), other)
    assert void.reason == f"Undone: Imported from risks.csv, batch {batch.pk}"


def test_undo_leaves_what_was_scored_since(ig_officer, risk):
    batch = bring_scores(ig_officer, [risk.reference, 5, 5])
    commit(batch.pk)
    score(risk, 4, 4, on=today())
    assert undo(batch.pk) == 1
    assert standing(risk) == {"current": (4, 4)}
    assert batch.rows.get().kept == ["Current score"]


def test_undo_leaves_what_was_corrected_since(ig_officer, risk):
    batch = bring_scores(ig_officer, [risk.reference, 5, 5])
    commit(batch.pk)
    correct(Assessment.objects.latest("pk"), reason="Mistyped", by=ig_officer, cell=cell(5, 4))
    assert undo(batch.pk) == 1
    assert standing(risk) == {"current": (5, 4)}


def test_undo_of_a_new_risk_withdraws_it_with_its_scores(ig_officer, owner):
    headings = ["Risk ID", "Risk title", "Cause", "Consequences", "Risk owner", "Service", "Asset reference"]
    batch = bring([[*new_row(owner), 5, 5]], ig_officer, [*headings, "Likelihood", "Impact"])
    commit(batch.pk)
    assert undo(batch.pk) == 0
    found = Risk.objects.get(title="Loss of a laptop")
    assert (found.state, standing(found)) == ("withdrawn", {})


def test_a_new_risk_scored_since_stays(ig_officer, owner):
    headings = ["Risk ID", "Risk title", "Cause", "Consequences", "Risk owner", "Service", "Asset reference"]
    batch = bring([[*new_row(owner), 5, 5]], ig_officer, [*headings, "Likelihood", "Impact"])
    commit(batch.pk)
    found = Risk.objects.get(title="Loss of a laptop")
    score(found, 2, 2, on=today())
    assert undo(batch.pk) == 1
    found.refresh_from_db()
    assert (found.state, standing(found)) == ("open", {"current": (2, 2)})
