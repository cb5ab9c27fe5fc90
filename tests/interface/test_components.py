"""What components promise: words beside colours, numbers beside charts, before and after in words."""

import re
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from actions.models import Status
from governance.core.charts import StackedBars
from governance.core.components import OVERDUE, RATINGS, STANDINGS, Change, TimelineEntry
from governance.core.gallery import chart


def draw(template: str, **values) -> str:
    return Template(template).render(Context({"request": RequestFactory().get("/"), **values}))


def test_no_two_standings_differ_by_colour_alone() -> None:
    shown = [*STANDINGS.values(), OVERDUE, *RATINGS.values()]
    assert len({standing.word for standing in shown}) == len(shown)
    progress = [STANDINGS[status] for status in Status]
    assert len({standing.shape for standing in progress}) == len(progress)
    assert len({standing.shape for standing in RATINGS.values()}) == len(RATINGS)


@pytest.mark.parametrize("code", STANDINGS)
def test_a_status_is_a_word_with_a_shape(code: str) -> None:
    drawn = draw("{% status code %}", code=code)
    assert STANDINGS[code].word in drawn
    assert re.search(r'<svg[^>]*aria-hidden="true"', drawn)


def test_overdue_is_said_beside_the_status_never_instead() -> None:
    drawn = draw("{% status 'in_progress' overdue=True %}")
    assert drawn.index("In progress") < drawn.index("Overdue")


def test_a_status_nobody_described_is_said_in_its_own_words() -> None:
    assert "On hold" in draw("{% status 'on_hold' %}")


def test_a_figure_leads_to_its_rows_and_is_read_with_its_name() -> None:
    drawn = draw("{% figure_link 46 '/figures/x/' 'actions completed' %}")
    assert 'href="/figures/x/"' in drawn
    assert re.sub(r"<[^>]+>", "", drawn).strip() == "46 actions completed"


def test_thousands_stand_apart() -> None:
    assert "1,204" in draw("{% figure_link 1204 '#' 'records' %}")
    assert "1,204" in draw("{% tile 1204 'records' %}")


def test_values_from_people_are_never_taken_as_markup() -> None:
    hostile = "<script>x</script>"
    drawn = draw(
        "{% tile v v v note=v %}{% figure_link v v v %}{% card title=v %}{{ v }}{% endcard %}{% fact v v %}"
        "{% status v %}{% breadcrumbs v v %}{% button v %}{% warning v %}{% back_link v v %}"
        "{% empty title=v %}{{ v }}{% endempty %}",
        v=hostile,
    )
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("In progress", "Not started", "Status changed from In progress to Not started"),
        ("", "Not started", "Status: Not started"),
        ("nothing", "Not started", "Status: Not started"),
        ("In progress", "", "Status cleared, was In progress"),
        ("In progress", "nothing", "Status cleared, was In progress"),
    ],
)
def test_a_change_is_said_in_words_not_in_strokes(before: str, after: str, words: str) -> None:
    drawn = draw("{% include 'components/change.html' %}", change=Change("Status", before, after))
    assert " ".join(re.sub(r"<[^>]+>", "", drawn).split()) == words


def test_a_timeline_says_who_when_what_and_the_reason() -> None:
    when = datetime(2016, 10, 10, 14, 30, tzinfo=UTC)
    entry = TimelineEntry(
        "Changed", when, post="Records Manager", reason="Wrong action", changes=[Change("A", "b", "c")]
    )
    drawn = draw("{% timeline entries %}", entries=[entry])
    assert "10 October 2016, 15:30" in drawn  # London, in summer
    for words in ("Changed", "by Records Manager", "<del>b</del>", "<ins>c</ins>", "Wrong action"):
        assert words in drawn


def test_a_chart_says_its_numbers_in_words_and_in_a_table() -> None:
    drawn = draw("{% progress_chart chart %}", chart=chart())
    assert 'role="img"' in drawn
    assert (
        "25 July 2016: 3 completed, 0 awaiting approval, 20 in progress, 17 not started, 0 withdrawn."
        in drawn
    )
    assert "style=" not in drawn
    row = drawn.split('<th scope="row">20 February 2017</th>')[1].split("</tr>")[0]
    assert re.findall(r">(\d+)<", row) == ["34", "4", "0", "0", "2", "40"]


def test_bars_share_one_scale_and_leave_nothing_out() -> None:
    bars = StackedBars("x", "X", [("a", {"completed": 10, "not_started": 10}), ("b", {"completed": 5})]).bars
    assert bars[0].segments[0].width == bars[0].segments[1].width == 2 * bars[1].segments[0].width
    assert [bar.total for bar in bars] == [20, 5]


def test_a_chart_without_rows_is_drawn_empty() -> None:
    assert StackedBars("x", "X", []).bars == []


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "Nothing"), ("", "Nothing"), (True, "Yes"), (False, "No"), (0, "0"), (["a", "b"], "a, b")],
)
def test_values_are_said_in_words(value: object, words: str) -> None:
    assert draw("{% in_words value %}", value=value) == words
