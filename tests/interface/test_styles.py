"""What a page calls by a class of GOV.UK or MOJ is styled: its part of their sheets is among ours."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SHEET = ROOT / "static" / "build" / "app.css"
THEIRS = re.compile(r"\b(?:govuk|moj)-[a-z0-9_-]*[a-z0-9]")
# What scripts look for, colours of the theme, and a part of the timeline that needs no style.
NOT_STYLED = re.compile(r"-js-|-colour$|^moj-timeline__header$")


def classes():
    """Every class of theirs in our templates, with the first template that has it."""
    found = {}
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for name in THEIRS.findall(path.read_text()):
            found.setdefault(name, path.relative_to(ROOT))
    return found


@pytest.mark.browser
def test_every_class_of_theirs_that_a_template_names_is_in_the_sheet(built_interface):
    sheet = SHEET.read_text()
    missing = {name: str(path) for name, path in classes().items() if f".{name}" not in sheet}
    assert {name: path for name, path in missing.items() if not NOT_STYLED.search(name)} == {}


def test_the_parts_of_a_page_of_sections_are_among_them():
    assert "govuk-task-list__status" in classes()
