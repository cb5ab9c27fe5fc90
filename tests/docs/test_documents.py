"""What the documents say is so: files, names, links, commands, settings, columns and words."""

import ast
import re
import tomllib

import pytest
from django.core.management import get_commands, load_command_class

from actions.models import Status
from governance.demo.newcomer import OPTIONAL, TABLES
from governance.people.models import Role
from tests.docs.documents import DOCUMENTS, LINK, ROOT, anchors, blocks, commands, names_in, paths, rows

LARGEST_IMAGE = 200_000
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
of_each_document = pytest.mark.parametrize("document", DOCUMENTS)


@of_each_document
def test_every_file_that_is_named_exists(document):
    missing = [path for path, _ in paths(DOCUMENTS[document]) if not (ROOT / path).exists()]
    assert missing == []


@of_each_document
def test_every_name_behind_a_file_is_defined_in_it(document):
    named = [(path, name) for path, name in paths(DOCUMENTS[document]) if name]
    assert [f"{path}:{name}" for path, name in named if name not in names_in(ROOT / path)] == []


@of_each_document
def test_every_link_leads_somewhere(document):
    for _, words, target in LINK.findall(DOCUMENTS[document]):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        leads_to = ((ROOT / document).parent / path).resolve() if path else ROOT / document
        assert leads_to.exists(), f"{words}: {target}"
        assert not anchor or anchor in anchors(leads_to.read_text()), f"{words}: {target}"


@of_each_document
def test_every_management_command_exists_and_takes_what_is_given(document):
    """A parser that is not called from the command line raises CommandError."""
    for name, *words in commands(DOCUMENTS[document]):
        assert name in get_commands(), f"there is no command {name}"
        if "..." not in words:
            load_command_class(get_commands()[name], name).create_parser("manage.py", name).parse_args(words)


def test_files_and_commands_are_found_where_they_are_told():
    """The tests above would pass if they found none."""
    named = {path for text in DOCUMENTS.values() for path in paths(text)}
    assert len(named) > 80
    assert ("governance/history/models/versions.py", "History") in named
    told = {words[0] for text in DOCUMENTS.values() for words in commands(text)}
    assert told >= {"progress", "figure", "migrate", "new_council", "redact", "check", "makemigrations"}


@of_each_document
def test_no_document_names_a_path_of_somebodys_machine_or_leaves_a_note_to_do(document):
    unwanted = ("/work/", "/root/", "/home/", "/tmp/", "TODO", "FIXME", "TBD")
    assert [word for word in unwanted if word in DOCUMENTS[document]] == []


@of_each_document
def test_lines_can_be_read_in_an_editor(document):
    """Tables and addresses cannot be broken."""
    lines = DOCUMENTS[document].splitlines()
    long = [line for line in lines if len(line) > 120 and not line.startswith(("|", "ExecStart", "!["))]
    assert long == []


def test_images_are_small_and_told_in_words():
    for document, text in DOCUMENTS.items():
        for image, words, target in LINK.findall(text):
            if image:
                path = (ROOT / document).parent / target
                assert path.stat().st_size <= LARGEST_IMAGE, target
                assert len(words) > 20, f"say what {target} shows"


def test_every_document_that_the_code_names_exists():
    rooms = [ROOT / room for room in ("governance", "assets", "risks", "actions")]
    sources = [path for room in rooms for kind in ("*.py", "*.sql") for path in room.rglob(kind)]
    for path in [*sources, ROOT / "run", ROOT / "compose.yaml", ROOT / "Dockerfile", ROOT / "pyproject.toml"]:
        for named in re.findall(r"docs/[\w/.-]+\.md", path.read_text()):
            assert (ROOT / named).exists(), f"{path} names {named}"


# What stands in the code and in a table


def settings_read():
    """The names that settings.py, the local Postgres and the demonstration read from the environment."""
    found = {"PG_BIN", "PORT"}
    for node in ast.walk(ast.parse((ROOT / "governance" / "settings.py").read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env.") and node.args:
            found |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
    return found


def test_the_table_of_settings_is_the_settings_that_are_read():
    told = {name for name, *_ in rows(DOCUMENTS["docs/production.md"], "setting")}
    assert told == settings_read()


def test_the_files_of_a_new_council_have_the_columns_that_are_read():
    told = {file: columns.split(", ") for file, _, columns in rows(DOCUMENTS["docs/new-council.md"], "file")}
    read = {table.file: [column.name for column in table.columns] for table in TABLES}
    assert {file: sorted(columns) for file, columns in told.items()} == {
        file: sorted(columns) for file, columns in read.items()
    }


def test_the_files_that_a_new_council_needs_are_told_first():
    told = [file for file, *_ in rows(DOCUMENTS["docs/new-council.md"], "file")]
    needed = {table.file for table in TABLES} - {table.file for table in OPTIONAL}
    assert set(told[:6]) == needed
    assert len(needed) == 6


def test_the_order_of_rooms_is_the_one_that_is_checked():
    plain = blocks(DOCUMENTS["docs/architecture.md"], "")
    (drawn,) = [block.split() for block in plain if "governance.urls" in block]
    layers = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    agreed = [name.strip(" ()") for layer in layers for name in layer.split("|")]
    assert drawn == [name for name in agreed if list(ROOT.glob(f"{name.replace('.', '/')}*"))]


def test_every_room_is_told():
    told = {room for room, _ in rows(DOCUMENTS["docs/architecture.md"], "room")}
    rooms = {str(path.parent.relative_to(ROOT)) for path in ROOT.glob("governance/*/apps.py")}
    assert told == rooms | {"assets", "risks", "actions"}


# Decisions, glossary, changelog, licence


def test_decisions_are_numbered_without_gaps_and_listed():
    files = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    index = DOCUMENTS["docs/decisions/README.md"]
    for number, name in enumerate(files, start=1):
        title = DOCUMENTS[f"docs/decisions/{name}"].splitlines()[0]
        assert name.startswith(f"{number:04}-")
        assert title.startswith(f"# {number}. ")
        assert f"{number}. [{title.removeprefix(f'# {number}. ')}]({name})" in index


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if re.search(r"decisions/\d", name)])
def test_a_decision_says_what_was_faced_chosen_turned_down_and_follows(name):
    headings = re.findall(r"^## (.+)$", DOCUMENTS[name], re.MULTILINE)
    assert headings == ["Context", "Decision", "Rejected", "Consequences"]
    assert DOCUMENTS[name].count("\n") <= 60


def test_the_glossary_is_in_order_and_knows_every_status():
    told = dict(rows(DOCUMENTS["docs/glossary.md"], "word"))
    assert list(told) == sorted(told, key=str.lower)
    assert [status.label for status in Status if status.label not in told["Status"]] == []
    assert set(told) >= {"SIRO", "IAO", "IAA", "IMSG", "DPO", "ROPA"}
    assert set(told) >= {"As at", "As known", "Standing", "Ledger", "Restatement"}


def test_roles_are_called_by_the_names_that_pages_use():
    told = DOCUMENTS["docs/glossary.md"].lower()
    roles = (Role.SIRO, Role.IAO, Role.IAA, Role.DPO, Role.RECORDS_MANAGER, Role.IMSG_MEMBER)
    plain = [role.label.lower().split(" (")[0].removesuffix(" member") for role in roles]
    assert [name for name in plain if name not in told] == []


def test_the_changelog_keeps_its_form():
    text = DOCUMENTS["CHANGELOG.md"]
    versions = re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)
    assert versions[0] == "Unreleased"
    assert PYPROJECT["project"]["version"] in text
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= kinds


def test_the_licence_is_the_one_that_is_declared():
    text = (ROOT / "LICENSE").read_text()
    assert PYPROJECT["project"]["license"] == "MIT"
    assert text.startswith("MIT License")
    assert "the Custodian contributors" in text
