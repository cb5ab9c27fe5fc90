"""`./run` and the requirements it installs."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.setup.programs import ROOT, run

# What a bare system has, without Python, uv or apt.
TOOLS = ("dirname", "mkdir", "cksum", "grep", "flock", "env", "cat", "rm", "sh")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A clone's folder and beside it a machine's programs, few enough to be told apart."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(shutil.which(tool) or "")
    for file in ("run", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def program(machine: Path, name: str, text: str) -> None:
    (machine / "bin" / name).write_text(f"#!/bin/sh\n{text}\n")
    (machine / "bin" / name).chmod(0o755)


def type_run(machine: Path, *words: str) -> tuple[int, str]:
    done = run("sh", "./run", *words, environment={"PATH": str(machine / "bin")}, cwd=machine)
    return done.returncode, done.stderr.strip()


def test_an_unknown_word_is_answered_with_the_known_ones(bare):
    code, said = type_run(bare, "tset")
    assert code == 1
    assert said.startswith("./run knows: test, manage and lock")


def test_an_old_python_is_one_clear_sentence(bare):
    program(bare, "python3", "exit 1")
    code, said = type_run(bare)
    assert code == 1
    assert said.startswith("Custodian needs Python 3.11 or later")
    assert len(said.splitlines()) == 1


def test_without_root_a_missing_library_is_the_line_to_type(bare):
    program(bare, "dpkg-query", "exit 1")
    program(bare, "id", "echo 1000")
    code, said = type_run(bare)
    assert code == 1
    assert said.endswith("Type: sudo apt-get install --no-install-recommends libpangoft2-1.0-0")


def test_a_library_that_apt_cannot_install_is_the_line_to_type(bare):
    program(bare, "dpkg-query", "exit 1")
    program(bare, "id", "echo 0")
    program(bare, "apt-get", "exit 100")
    code, said = type_run(bare)
    assert code == 1
    assert said.endswith("apt-get install --no-install-recommends libpangoft2-1.0-0")


@pytest.fixture
def installed(bare: Path) -> Path:
    """A machine on which everything is installed but redis-server, and whose Python shows its umask."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        with (bare / name).open() as file:
            checksum = subprocess.run(
                ["cksum"], stdin=file, capture_output=True, text=True, check=True
            ).stdout
        (bare / "var" / "venv" / "bin").mkdir(parents=True, exist_ok=True)
        with (bare / "var" / "venv" / "installed").open("a") as marks:
            marks.write(f"{name} {checksum}")
    (bare / "var" / "venv" / "bin" / "python").write_text("#!/bin/sh\numask\n")
    (bare / "var" / "venv" / "bin" / "python").chmod(0o755)
    program(bare, "chromium", "exit 0")
    program(bare, "id", "echo 1000")
    program(bare, "dpkg-query", 'case "$*" in *redis*) exit 1 ;; *) echo "install ok installed" ;; esac')
    return bare


def test_the_tests_ask_for_the_redis_they_need(installed):
    code, said = type_run(installed, "test")
    assert code == 1
    assert said.endswith("Type: sudo apt-get install --no-install-recommends redis-server")


@pytest.mark.parametrize(("word", "umask"), [("demo", "0077"), ("manage", "0022")])
def test_what_is_running_writes_for_this_account_alone(installed, word, umask):
    words = f"umask 022; exec ./run {word}"
    done = run("sh", "-c", words, environment={"PATH": str(installed / "bin")}, cwd=installed)
    assert done.stdout.split()[-1] == umask


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_exact_hashed_and_without_addresses(file):
    text = (ROOT / file).read_text()
    assert "://" not in text
    assert "index-url" not in text.replace("--no-emit-index-url", "")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]
    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_whoever_tests_has_the_versions_that_run():
    ours, theirs = (
        set(re.findall(r"^([a-z0-9-]+==\S+)", (ROOT / file).read_text(), re.MULTILINE))
        for file in ("requirements.txt", "requirements-dev.txt")
    )
    assert ours <= theirs


def test_weasyprint_is_never_below_the_version_that_closed_its_hole():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert "weasyprint>=70.0" in declared
    (major,) = re.findall(r"^weasyprint==(\d+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert int(major) >= 70


def test_every_declared_dependency_is_locked():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[\[><=~;]", line)[0] for line in declared}
    assert names <= set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
