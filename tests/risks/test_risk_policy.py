"""The model policy says what the product does: its tables are read and compared with the shipped matrix."""

from pathlib import Path

from risks.models.matrix import RegisterLevel
from risks.representations.definition import shipped
from risks.representations.matrix import verdict

POLICY = Path(__file__).resolve().parents[2] / "docs" / "policies" / "information-risk-policy.md"
FIVE = shipped()["five_by_five"]


def table_under(heading):
    """The cells of the first table under a heading of the policy, without its headings."""
    section = POLICY.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_words_of_both_scales_are_the_policys():
    for heading, steps in (("Likelihood", FIVE.likelihood), ("Impact", FIVE.impact)):
        expected = [[str(number), step.name, step.meaning] for number, step in enumerate(steps, start=1)]
        assert table_under(heading) == expected


def test_every_cell_comes_to_what_the_policy_says():
    names = [level.name for level in FIVE.levels]
    expected = [
        [f"{number} {FIVE.likelihood[number - 1].name}", *(names[rank - 1] for rank in FIVE.grid[number - 1])]
        for number in range(FIVE.size, 0, -1)
    ]
    assert table_under("What they come to") == expected


def test_every_level_is_reviewed_and_escalated_as_the_policy_says():
    expected = [
        [
            level.name,
            verdict(FIVE, rank) or "within appetite",
            str(level.review_months),
            RegisterLevel(level.belongs_on).label,
        ]
        for rank, level in reversed(list(enumerate(FIVE.levels, start=1)))
    ]
    assert table_under("Levels") == expected
