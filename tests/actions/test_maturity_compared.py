"""What moved between two assessments, what was completed in between, and the figures of maturity."""

from datetime import date

import pytest

from actions.figures import maturity as figures
from actions.models import ActionArea, MaturityScore, Status
from actions.representations.maturity import area_rows, compare, completed_between
from actions.representations.maturity_chart import Mark, chart_of, chart_of_two
from actions.services import maturity_scores as services
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from tests.actions.maturity import AFTER, BEFORE, SAYS, a_draft, a_model, assessed, at
from tests.actions.pages import an_action, told
from tests.cast import signed_in
from tests.factories import ActionFactory

pytestmark = pytest.mark.django_db
BETWEEN = date(2016, 9, 1)


def link(action, model, place=1):
    """The action improves that area."""
    return ActionArea.objects.create(action=action, area=model.areas.get(position=place))


def completed(day=BETWEEN, **facts):
    """An action completed on that day."""
    action = an_action(**facts)
    told(action, Status.COMPLETED, day)
    return action


def rows(earlier, later, person):
    """The comparison, as the page makes it."""
    scores = (services.standing_scores(earlier), services.standing_scores(later))
    return compare(list(later.model.areas.all()), scores, completed_between(earlier, later, person))


def value(figure, day=None):
    return figure.value(Moment.of(day) if day else Moment.now(), Scope())


class TestComparing:
    def test_each_area_says_how_far_it_moved(self, ig_officer):
        model = a_model()
        earlier, later = assessed(model, [2, 4]), assessed(model, [4, 3], on=AFTER)
        assert [(row.moved, row.told) for row in rows(earlier, later, ig_officer)] == [
            (2, "Up 2"), (-1, "Down 1")
        ]  # fmt: skip

    def test_an_area_without_a_level_in_one_of_them_did_not_move(self, ig_officer):
        model = a_model()
        earlier, later = assessed(model, [0, 4]), assessed(model, [4], on=AFTER)
        assert [row.told for row in rows(earlier, later, ig_officer)] == [
            "No level in the earlier one", "No level in the later one"
        ]  # fmt: skip
        assert not any(row.unexplained for row in rows(earlier, later, ig_officer))

    def test_one_reopened_after_the_later_day_was_completed_all_the_same(self, ig_officer):
        model = a_model()
        earlier, later = assessed(model, [2]), assessed(model, [4], on=AFTER)
        action = completed()
        link(action, model)
        told(action, Status.IN_PROGRESS, today())
        row = rows(earlier, later, ig_officer)[0]
        assert ([update.action for update in row.actions], row.unexplained) == ([action], False)
        assert value(figures.unexplained) == 0

    def test_actions_completed_in_between_stand_behind_the_movement(self, ig_officer):
        model = a_model()
        earlier, later = assessed(model, [2, 2]), assessed(model, [3, 3], on=AFTER)
        action = completed()
        link(action, model)
        training, records = rows(earlier, later, ig_officer)
        assert [update.action for update in training.actions] == [action]
        assert (training.unexplained, records.unexplained) == (False, True)

    @pytest.mark.parametrize(
        ("day", "counts"),
        [(BEFORE, False), (date(2016, 3, 2), True), (AFTER, True), (date(2017, 3, 2), False)],
    )
    def test_what_was_completed_after_the_one_day_and_by_the_other_counts(self, ig_officer, day, counts):
        model = a_model()
        earlier, later = assessed(model, [2]), assessed(model, [3], on=AFTER)
        link(completed(day), model)
        assert bool(rows(earlier, later, ig_officer)[0].actions) is counts
        assert value(figures.unexplained) == (0 if counts else 1)

    def test_what_was_completed_before_and_reported_again_in_between_explains_nothing(self, ig_officer):
        model = a_model()
        earlier, later = assessed(model, [2]), assessed(model, [3], on=AFTER)
        action = completed(BEFORE)
        link(action, model)
        told(action, Status.COMPLETED, BETWEEN)
        assert rows(earlier, later, ig_officer)[0].unexplained
        assert value(figures.unexplained) == 1
        told(action, Status.IN_PROGRESS, BETWEEN)
        told(action, Status.COMPLETED, AFTER)
        assert [update.since for update in rows(earlier, later, ig_officer)[0].actions] == [AFTER]
        assert value(figures.unexplained) == 0

    def test_an_action_that_is_not_completed_explains_nothing(self, ig_officer):
        model = a_model()
        earlier, later = assessed(model, [2]), assessed(model, [3], on=AFTER)
        action = an_action()
        told(action, Status.WITHDRAWN, BETWEEN)
        link(action, model)
        assert rows(earlier, later, ig_officer)[0].unexplained

    def test_actions_that_the_reader_may_not_open_are_counted_and_not_named(self, owner):
        model = a_model()
        earlier, later = assessed(model, [2]), assessed(model, [3], on=AFTER)
        link(completed(title="Secret work"), model)
        page = signed_in(owner).get(at("maturity_since", later.reference, earlier.reference)).content.decode()
        assert "1 that you may not open" in page
        assert "Secret work" not in page
        assert "None, although it moved" not in page

    def test_the_page_points_out_what_moved_with_nothing_completed(self, auditor):
        model = a_model()
        earlier = assessed(model, [2, 2], overall="low-medium")
        later = assessed(model, [3, 2], on=AFTER, overall="medium")
        page = (
            signed_in(auditor).get(at("maturity_since", later.reference, earlier.reference)).content.decode()
        )
        assert "no action that improves them was completed in between" in page
        assert "<li>Training: up 1</li>" in page
        assert "low-medium" in page

    def test_two_are_compared_by_one_model_and_from_earlier_to_later_only(self, auditor):
        model = a_model()
        earlier, later, other = assessed(model, [2]), assessed(model, [3], on=AFTER), assessed(a_model(), [2])
        browser = signed_in(auditor)
        for one, two in ((earlier, later), (later, later), (later, other)):
            assert browser.get(at("maturity_since", one.reference, two.reference)).status_code == 404
        assert "What moved since 1 March 2016" in browser.get(later.get_absolute_url()).content.decode()


class TestFigures:
    def test_areas_are_those_of_the_latest_assessment_by_each_model(self):
        model, other = a_model(), a_model()
        assessed(model, [2, 2])
        assessed(model, [3], on=AFTER)
        assessed(other, [2, 2])
        assert figures.counts_by_model(Moment.now())["actions.maturity_areas"] == {
            model.code: 1, other.code: 2
        }  # fmt: skip

    def test_the_figures_of_the_list_are_those_that_open(self):
        model, other = a_model(), a_model()
        assessed(model, [2, 2], target=4)
        assessed(model, [3, 2], on=AFTER, target=3)
        link(completed(), model)
        assessed(other, [2, 2], target=3)
        counted = figures.counts_by_model(Moment.now())
        assert counted["actions.maturity_below_target"] == {model.code: 1, other.code: 2}
        for figure in figures.FIGURES:
            opened = figure.by(Moment.now(), Scope(), "model")
            assert {code: number for code, number in counted[figure.key].items() if number} == opened

    def test_areas_below_their_target_are_counted_where_one_was_set(self):
        model = a_model()
        assessed(model, [2, 4], target=4)
        assert value(figures.below_target) == 1
        assessed(model, [2, 2], on=AFTER)
        assert value(figures.below_target) == 0

    def test_areas_moved_against_the_last_day_on_which_each_was_scored(self):
        model = a_model()
        assessed(model, [2, 2])
        assessed(model, [2], on=BETWEEN)
        assert value(figures.moved) == 0
        assessed(model, [3, 3], on=AFTER)
        assert (value(figures.moved), value(figures.unexplained)) == (2, 2)

    def test_figures_as_at_a_past_day_say_what_stood_then(self):
        model = a_model()
        given = {"assessor": "A firm", "kind": "external"}
        assessed(model, [2, 2], target=3, **given)
        assessed(model, [3, 3], on=AFTER, **given)
        then = Moment(BETWEEN, Moment.now().known_before)
        assert figures.below_target.value(then, Scope()) == 2
        assert figures.moved.value(then, Scope()) == 0

    def test_a_correction_moves_the_figure_from_the_day_it_is_known(self, ig_officer):
        made = assessed(a_model(), [2], target=3)
        area = made.model.areas.first()
        three = made.model.levels.get(number=3)
        wrong = services.standing_of(made, area)
        services.score(
            made, area, level=three, target=three, finding="", reason="Misread", seen=wrong.pk, by=ig_officer
        )
        corrected = services.standing_of(made, area)
        assert value(figures.below_target) == 0
        assert figures.below_target.value(Moment(today(), corrected.known_at), Scope()) == 1

    def test_every_figure_opens_its_rows(self, auditor):
        model = a_model()
        assessed(model, [2, 2], target=4)
        assessed(model, [3, 3], on=AFTER, target=4)
        page = signed_in(auditor).get(at("maturity"))
        assert len(page.context["entries"][0].tiles) == 4
        for tile in page.context["entries"][0].tiles:
            opened = signed_in(auditor).get(tile.href)
            assert tile.value == 2
            assert opened.content.decode().count(">Training<") == 1
            assert len(opened.context["page"].object_list) == tile.value

    def test_rows_of_figures_are_seen_by_who_reads_a_register(self, cast):
        assessed(a_model(), [2])
        for who, sees in (("owner", 1), ("siro", 1), ("outsider", 0), ("administrator", 0)):
            assert MaturityScore.objects.visible_to(cast[who]).count() == sees


class TestImproving:
    def test_an_action_and_an_area_are_linked_once_and_stand_on_both_pages(self, ig_officer):
        model, action = a_model(), ActionFactory(title="Train everybody")
        area, browser = model.areas.first(), signed_in(ig_officer)
        where = at("add_improved", action.reference)
        assert browser.post(where, {"area": area.pk}).url == action.get_absolute_url()
        assert "Training" in browser.get(action.get_absolute_url()).content.decode()
        assert "Train everybody" in browser.get(area.get_absolute_url()).content.decode()
        assert "recorded already" in browser.post(where, {"area": area.pk}).content.decode()
        made = ActionArea.objects.get()
        browser.post(at("remove_improved", action.reference, made.pk))
        assert not ActionArea.objects.exists()
        why = ActionArea.history.latest("history_id").history_change_reason
        assert why == f"Taken off {action.reference}"

    def test_an_area_of_a_draft_is_not_offered(self, ig_officer):
        area = a_draft().areas.first()
        answer = signed_in(ig_officer).post(at("add_improved", ActionFactory().reference), {"area": area.pk})
        assert "area" in answer.context["form"].errors

    @pytest.mark.parametrize("wrong", ["", "0", "x", "\x00"])
    def test_what_is_no_area_is_refused_in_words(self, ig_officer, wrong):
        a_model()
        answer = signed_in(ig_officer).post(at("add_improved", ActionFactory().reference), {"area": wrong})
        assert "area" in answer.context["form"].errors

    def test_the_page_of_an_area_counts_the_actions_that_the_reader_may_not_open(self, owner):
        model = a_model()
        link(ActionFactory(title="Secret work"), model)
        page = signed_in(owner).get(model.areas.first().get_absolute_url()).content.decode()
        assert "There is 1 that you may not open" in page
        assert "Secret work" not in page


class TestChart:
    def test_the_chart_says_what_the_table_says(self):
        made = assessed(a_model(), [2, 0], target=4)
        areas, levels = list(made.model.areas.all()), list(made.model.levels.all())
        chart = chart_of("Levels", levels, area_rows(areas, services.standing_scores(made)))
        assert chart.description == "Training: level 2, target 4. Records: no level."
        (_, _, _, marks), (_, _, _, none) = chart.lines
        scale = dict(chart.scale)
        assert [(mark.kind, mark.x) for mark in marks] == [("target", scale[4]), ("level", scale[2])]
        assert none == []

    def test_the_chart_of_two_shows_the_level_before(self, ig_officer):
        model = a_model()
        earlier, later = assessed(model, [2]), assessed(model, [3], on=AFTER)
        compared = rows(earlier, later, ig_officer)
        chart = chart_of_two("Levels", list(model.levels.all()), compared)
        assert chart.description == "Training: before 2, level 3. Records: no level."
        assert [word for word, _, _ in chart.legend] == ["Level", "Level before"]

    def test_a_target_is_drawn_outside_the_level_that_it_coincides_with(self):
        """The side of a diamond is its corner over the root of two away; a circle has 6.5 and a line."""
        left, right = (float(Mark("target", 0, 0).corners.split()[n].split(",")[0]) for n in (3, 1))
        assert left == -right
        assert right / 2**0.5 - 1 > 6.5 + 1


class TestQueries:
    @pytest.mark.parametrize("areas", [2, 20])
    def test_pages_ask_the_same_however_many_areas_and_assessments_there_are(
        self, areas, ig_officer, django_assert_max_num_queries
    ):
        says = SAYS.__class__("Wide", "", "", SAYS.levels, tuple(_area(n) for n in range(areas)))
        model = a_model(says)
        assessed(model, [2] * areas)
        later = assessed(model, [3] * areas, on=AFTER, target=4)
        link(completed(), model)
        browser = signed_in(ig_officer)
        since = at("maturity_since", later.reference, "MA-0001")
        browser.get(since)
        with django_assert_max_num_queries(12):
            browser.get(at("maturity"))
        for where in (later.get_absolute_url(), since, model.get_absolute_url()):
            with django_assert_max_num_queries(14):
                browser.get(where)


def _area(number):
    return SAYS.areas[0].__class__(f"Area {number}", SAYS.areas[0].criteria)
