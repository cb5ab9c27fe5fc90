"""The house keeps its shape: relations point downwards, files stay small, nothing is written by hand."""

import ast
import statistics
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["governance", "assets", "risks", "actions"]
# High to low: a foreign key is held by the room nearer the reader.
LAYERS = [
    "exchange",
    "reminders",
    "committees",
    "actions",
    "risks",
    "assets",
    "policies",
    "colours",
    "people",
    "figures",
    "history",
]


def test_foreign_keys_point_downwards():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            ours, theirs = model._meta.app_label, field.related_model._meta.app_label
            if ours in LAYERS and theirs in LAYERS:
                assert LAYERS.index(ours) <= LAYERS.index(theirs), f"{model.__name__}.{field.name}"


def test_there_are_no_automatic_links_between_entries():
    """They would leave no history; a link is a model with its own."""
    ours = set(LAYERS)
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ours
        for field in model._meta.local_many_to_many
        if field.remote_field.through._meta.auto_created
    ]
    assert found == []


def sources(*, tests: bool = False):
    folders = ["tests"] if tests else ROOMS
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return {path: path.read_text() for path in paths if "migrations" not in path.parts}


def functions():
    for path, text in sources().items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def test_functions_are_short():
    lengths = dict(functions())
    assert statistics.median(lengths.values()) <= 8
    assert percentile(lengths.values(), 0.95) <= 25
    assert [name for name, length in lengths.items() if length > 50] == []


def test_files_are_short():
    lengths = {str(path.relative_to(ROOT)): text.count("\n") for path, text in sources().items()}
    assert percentile(lengths.values(), 0.95) <= 200
    assert [name for name, length in lengths.items() if length > 400] == []


def test_templates_are_short():
    lengths = [path.read_text().count("\n") for path in (ROOT / "templates").rglob("*.html")]
    assert percentile(lengths, 0.95) <= 95


def test_there_is_enough_test_for_the_code():
    def lines(texts):
        return sum(
            1
            for text in texts
            for line in text.splitlines()
            if line.strip() and not line.strip().startswith("#")
        )

    # The budget (design, section 6) is 1.4 to 2.2. It is not met: this only keeps it from getting worse.
    share = lines(sources(tests=True).values()) / lines(sources().values())
    assert share >= 0.65, f"{share:.2f} lines of test for one of code"


def test_no_handler_of_signals_and_no_unsafe_markup():
    banned = ["@receiver", "mark_safe", ".extra(", "post_save.connect", "|safe"]
    for path, text in sources().items():
        assert [word for word in banned if word in text] == [], path
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert [
            word for word in ("|safe", "autoescape off", " style=", "onclick=", "javascript:") if word in text
        ] == [], path


def test_the_top_level_holds_what_was_agreed():
    agreed = {
        "manage.py", "pyproject.toml", "README.md", "governance", "assets", "risks", "actions", "templates",
        "static", "tests", "docs", "run", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
        "compose.yaml", "Dockerfile", "requirements.txt", "requirements-dev.txt",
    }  # fmt: skip
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "var"}
    assert found - agreed == set()
