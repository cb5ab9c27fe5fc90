"""Northmere's maturity: what In-Form Consult is published to have said, and a second look with what moved."""

import pytest

from actions.figures import maturity, overlap
from actions.models import MaturityAssessment, MaturityModel, Overlap
from actions.representations.maturity import compare, completed_between
from actions.services.maturity_scores import standing_scores
from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from tests.cast import play

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]


def two():
    later, earlier = MaturityAssessment.objects.for_page()
    return earlier, later


def test_the_first_says_what_is_published_of_it_and_no_more():
    earlier, _ = two()
    assert (earlier.kind, earlier.overall, earlier.assessor) == ("external", "low-medium", "In-Form Consult")
    assert earlier.audit.code == "ifc-2016"
    assert {score.level.number for score in standing_scores(earlier)} == {2, 3}
    names = dict(earlier.model.levels.values_list("number", "name"))
    assert names == {1: "", 2: "formative", 3: "developing", 4: "", 5: ""}


def test_the_second_shows_movement_with_completed_actions_behind_it_and_one_area_each_way_without():
    earlier, later = two()
    reader = play("reads_maturity", Role.IG_OFFICER)
    areas = list(later.model.areas.order_by("position"))
    scores = standing_scores(earlier), standing_scores(later)
    rows = {str(row.area): row for row in compare(areas, scores, completed_between(earlier, later, reader))}
    moved = {title for title, row in rows.items() if row.moved}
    unexplained = {title for title, row in rows.items() if row.unexplained}
    assert unexplained == {"Use of information for decisions", "Digital continuity"}
    assert all(rows[title].actions for title in moved - unexplained)
    assert rows["Digital continuity"].told == "Down 1"
    assert rows["Systems and quality of data"].told == "No change"
    now = Moment.now()
    assert maturity.moved.value(now, Scope()) == len(moved) == 7
    assert maturity.unexplained.value(now, Scope()) == 2


def test_the_framework_of_the_regulator_is_there_with_its_ten_areas():
    framework = MaturityModel.objects.get(code="ico-accountability-framework")
    assert framework.areas.count() == 10
    assert framework.source
    assert not framework.in_use  # its words for levels are to be checked first


def test_the_two_plans_overlap_and_what_is_the_same_counts_once():
    both = Scope(plans=("ico-2015", "ifc-2016"))
    now = Moment.now()
    kinds = list(Overlap.objects.standing(now).order_by("kind").values_list("kind", flat=True))
    assert len(kinds) >= 6
    assert set(kinds) == {
        "same",
        "whole_of",
        "supported_by",
    }  # as seen from the audit, whose actions came first
    assert overlap.counted_once.value(now, both) == 77 + 26 - 2
    assert overlap.repeated.value(now, both) == 2
