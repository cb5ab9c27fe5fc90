"""Heat maps and lines: drawn from the same numbers that the tables say, and never by colour alone."""

import re
from itertools import pairwise

import pytest

from governance.core.components import Standing
from governance.core.heat import HeatCell, HeatMap
from governance.core.lines import LineChart, Series
from tests.interface.test_components import draw

LOW, HIGH, BLACK = (
    Standing("Low", "green", "disc"),
    Standing("High", "red", "diamond"),
    Standing("Intolerable to everybody", "black", "square"),
)


def a_map(*numbers, standing=HIGH):
    low, high = HeatCell(numbers[0], LOW, "/low/"), HeatCell(numbers[1], standing, "/high/", "above appetite")
    empty = HeatCell(0, LOW)
    return HeatMap(
        "heat", "Where risks stand", "Likelihood", "Impact", ["1 Minor", "2 Major"],
        [("2 Likely", [empty, high]), ("1 Rare", [low, empty])],
    )  # fmt: skip


def test_a_heat_map_is_said_in_words_the_worst_first():
    assert a_map(3, 1).description == (
        "4 risks: 1 at likelihood 2 Likely and impact 2 Major (High, above appetite); "
        "3 at likelihood 1 Rare and impact 1 Minor (Low)."
    )


@pytest.mark.parametrize(("numbers", "said"), [((0, 0), "0 risks."), ((1, 0), "1 risk: ")])
def test_a_heat_map_of_few_counts_them_rightly(numbers, said):
    assert a_map(*numbers).description.startswith(said)


def test_each_number_of_a_heat_map_opens_its_rows():
    drawn = draw("{% heat_map map %}", map=a_map(3, 1))
    assert re.search(r'href="/low/">3<span[^>]*> risks</span>', drawn)
    assert re.search(r'href="/high/">1<span[^>]*> risk</span>', drawn)
    assert drawn.count("<a ") == 2


def test_the_drawing_of_a_heat_map_says_the_level_of_every_cell_beside_its_colour():
    drawn = draw("{% heat_map map %}", map=a_map(3, 1))
    svg = drawn[drawn.index("<svg role") : drawn.index("</figure>")]
    assert re.findall(r">(Low|High)</text>", svg) == ["Low", "High", "Low", "Low"]
    assert re.findall(r'font-size="22"[^>]*>(\d+)</text>', svg) == ["1", "3"]


def test_a_long_level_is_cut_in_the_drawing_and_whole_in_the_table():
    drawn = draw("{% heat_map map %}", map=a_map(0, 1, standing=BLACK))
    assert "Intolerable t…</text>" in drawn
    assert "Intolerable to everybody" in drawn[drawn.index("<table") :]
    assert 'fill="#ffffff">Intolerable' in drawn, "white on black"


def lines(*series):
    return LineChart("trend", "Risks", [f"{n} May" for n in range(1, 1 + len(series[0].values))], series)


def test_lines_differ_by_mark_and_dashes_and_carry_their_names():
    drawn = draw("{% line_chart chart %}", chart=lines(Series("All", [1, 2]), Series("Above", [0, 1])))
    legend, frame = drawn[: drawn.index("app-table-frame")], drawn[drawn.index("app-table-frame") :]
    for part, marks in ((legend, 1), (frame, 2)):
        assert part.count("<circle") == part.count("<polygon") == marks
        assert part.count("stroke-dasharray") == 1
    for name in ("All", "Above"):
        assert f"{name}</li>" in legend
        assert f">{name}</text>" in frame


def test_lines_are_said_in_words():
    assert lines(Series("All", [1, 5, 2])).description == (
        "All: 1 on 1 May, 2 on 3 May, between 1 and 5 in the meantime."
    )


def test_the_table_of_lines_has_the_latest_first_each_with_its_way():
    chart = lines(Series("All", [1, 2], ["/then/", "/now/"]))
    assert chart.table == [("2 May", [(2, "/now/")]), ("1 May", [(1, "/then/")])]
    assert 'href="/now/"' in draw("{% line_chart chart %}", chart=chart)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (1, 4), (4, 4), (5, 8), (9, 20), (21, 40), (4_000, 4_000), (4_001, 8_000)]
)
def test_the_scale_ends_in_four_whole_steps_above_every_value(most, top):
    assert lines(Series("All", [0, most])).top == top


def test_no_value_is_drawn_outside_and_no_two_names_on_each_other():
    chart = lines(*(Series(str(n), [0, value]) for n, value in enumerate((100, 100, 99, 0))))
    heights = sorted(line.name_y for line in chart.lines)
    assert all(after - before > 18.9 for before, after in pairwise(heights))
    assert all(0 <= point.y <= chart.height for line in chart.lines for point in line.points)


def test_a_single_moment_can_be_drawn():
    assert lines(Series("All", [7])).lines[0].path == "44.0,47.2"


@pytest.mark.parametrize("moments", [1, 2, 8, 12, 30])
def test_of_many_moments_as_many_are_named_as_there_is_room_for_both_ends_among_them(moments):
    named = [label for label, _ in lines(Series("All", list(range(moments)))).moments]
    assert len(named) <= 7
    assert (named[0], named[-1]) == ("1 May", f"{moments} May")


def test_what_people_wrote_is_never_taken_as_markup_in_charts():
    hostile = "<script>x</script>"
    heat = HeatMap(hostile, hostile, hostile, hostile, [hostile], [(hostile, [HeatCell(1, LOW, hostile)])])
    drawn = draw("{% heat_map heat %}{% line_chart chart %}", heat=heat, chart=lines(Series(hostile, [1])))
    assert "<script" not in drawn
