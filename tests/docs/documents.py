"""The documents, and what can be read out of them: paths, commands, links and tables."""

import ast
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
AT_THE_TOP = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
DOCUMENTS = {
    str(path.relative_to(ROOT)): path.read_text()
    for path in [*(ROOT / name for name in AT_THE_TOP), *sorted((ROOT / "docs").rglob("*.md"))]
}
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TICKED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
TOP_LEVEL = {
    path.split("/")[0]
    for path in subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
}  # fmt: skip
MADE_LATER = ("var/", "static/build/")


def blocks(text: str, *languages: str) -> list[str]:
    """The fenced blocks of these languages."""
    return [body for language, body in FENCED.findall(text) if language in languages]


def paths(text: str) -> set[tuple[str, str]]:
    """Files and folders of ours named in code marks, and the name behind the colon, if any."""
    found = set()
    for ticked in TICKED.findall(FENCED.sub("", text)):
        path, _, name = ticked.partition(":")
        looks_like_one = re.fullmatch(r"[\w./-]+", path) and ("/" in path or "." in path)
        if looks_like_one and path.split("/")[0] in TOP_LEVEL and not path.startswith(MADE_LATER):
            found.add((path, name))
    return found


def commands(text: str) -> list[list[str]]:
    """Every `./run manage ...` in code marks or shell blocks, as words. A line that ends in \\ goes on."""
    shell = "\n".join(blocks(text, "sh", "", "console")).replace("\\\n", " ")
    lines = [*shell.splitlines(), *TICKED.findall(FENCED.sub("", text).replace("\n", " "))]
    told = [line[line.index("./run manage ") :] for line in lines if "./run manage " in line]
    return [shlex.split(line, comments=True)[2:] for line in told]


def rows(text: str, heading: str) -> list[list[str]]:
    """The cells of the table whose first heading is this one, without code marks."""
    table = re.search(rf"^\| {heading} \|.*\n\| ---.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert table, f"There is no table that begins with “{heading}”."
    lines = table[1].strip().splitlines()
    return [[cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in lines]


def names_in(path: Path) -> set[str]:
    """What a Python file defines at its top: classes, functions and values."""
    found: set[str] = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        targets: list[Any] = [*getattr(node, "targets", []), getattr(node, "target", None)]
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def anchors(text: str) -> set[str]:
    """The headings as GitHub makes anchors of them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
