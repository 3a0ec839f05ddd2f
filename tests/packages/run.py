"""Puts macros into packages from PyPI, expands them, and runs their own tests before and after.

    python3 tests/packages/run.py FOLDER [UNEVAL] [--only NAME] [--keep OUT]

FOLDER holds the unpacked sdists; what isn't there is named, with the commands that get it. The
tests run on the Python that runs this, so it has to have pytest and what a package needs.

Each NAME.toml beside this file is about one package. For each of its files it says which functions
become `@macro`, `@unroll` or `@comptime`, which constants `comptime(…)`, and which texts are
replaced, most of them imports. Expanded, the tests have to end as they do without any of that.
"""

import argparse
import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from typing import Any, Self
from xml.etree import ElementTree

HERE = Path(__file__).parent
BUILT = HERE.parent.parent / "target/debug/uneval"
DECORATORS = ("comptime", "macro", "unroll")

# A module `uneval.meta` with which macros are the plain functions that they are written as.
PLAIN = f"{' = '.join(DECORATORS)} = lambda value: value\n"

# What no output may hold. Nothing of it stands in the packages as they are published.
COMPILE_TIME = re.compile(r"\b(?:uneval|cython)\.meta\b|@(?:macro|unroll|comptime)\b|\bcomptime\(")

# The head of each use of a macro in what `uneval expand --trace` prints.
USE = re.compile(r"^\S.*\.py:\d+:\d+: \S+$", re.MULTILINE)

ROW = "{:<10} {:<8} {:>5} {:>6} {:>9} {:>5} {:>6} {:>6} {:>7}"
HEADS = ("package", "version", "files", "macros", "constants", "uses", "before", "after", "seconds")

# How often a test, by its name, ended in one way.
Outcomes = Counter[tuple[str, str]]


class Unfit(Exception):
    """A package can't be used, or what came of it isn't right."""


@dataclass(frozen=True)
class Edits:
    """What is put into one file."""

    decorated: Sequence[tuple[str, str]]
    constants: Sequence[str]
    replaced: Sequence[tuple[str, str]]

    @classmethod
    def read(cls, table: Mapping[str, Sequence[Any]]) -> Self:
        return cls(
            decorated=[(each, name) for each in DECORATORS for name in table.get(each, ())],
            constants=table.get("constants", ()),
            replaced=[(old, new) for old, new in table.get("replaced", ())],
        )

    def apply(self, text: str) -> str:
        """The text of the file with these edits."""
        for old, new in self.replaced:
            text = substitute(re.escape(old), new.replace("\\", r"\\"), text)
        for decorator, name in self.decorated:
            text = substitute(rf"^(?=def {name}\()", rf"@{decorator}\n", text)
        for name in self.constants:
            text = substitute(rf"^({name}\b.*?) = (.*?)(?=\s*(?:#.*)?$)", r"\1 = comptime(\2)", text)
        names = {decorator for decorator, _ in self.decorated}
        if self.constants:
            names.add("comptime")
        lines = text.splitlines(keepends=True)
        if names:
            lines.insert(first_line(text), f"from uneval.meta import {', '.join(sorted(names))}\n")
        return "".join(lines)


def first_line(text: str) -> int:
    """How many lines of a module stand before its first statement but a docstring and `__future__`."""
    line = 0
    for stmt in ast.parse(text).body:
        match stmt:
            case ast.Expr(ast.Constant(str())) | ast.ImportFrom("__future__"):
                line = stmt.end_lineno or line
            case _:
                break
    return line


def substitute(pattern: str, replacement: str, text: str) -> str:
    """The text, with the only place that fits the pattern replaced."""
    text, count = re.subn(pattern, replacement, text, flags=re.MULTILINE)
    if count != 1:
        raise Unfit(f"{pattern!r} is there {count} times")
    return text


@dataclass(frozen=True)
class Package:
    """A package, and what is put into its files."""

    name: str
    version: str
    # The folder below that of the sdist that its modules are imported from.
    root: str
    # Modules that its tests import.
    needs: Sequence[str]
    # Tests that are left out, as pytest's `-k` names them.
    without: str
    edits: Mapping[str, Edits]

    @classmethod
    def read(cls, path: Path) -> Self:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            path.stem,
            table["version"],
            table["root"],
            table["needs"],
            table.get("without", ""),
            {file: Edits.read(edits) for file, edits in table["files"].items()},
        )

    def sdist(self, folder: Path) -> Path:
        """The unpacked sdist in that folder."""
        place = folder / f"{self.name}-{self.version}"
        try:
            header = HeaderParser().parsestr((place / "PKG-INFO").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise Unfit(
                f"{place} isn't there. Download and unpack it:\n"
                f"    python3 -m pip download --no-deps --no-binary :all: {self.name}=={self.version}\n"
                f"    tar xf {place.name}.tar.gz -C {folder}"
            ) from None
        if header["Version"] != self.version:
            raise Unfit(f"{place} is version {header['Version']}, not {self.version}")
        return place

    def edit(self, place: Path) -> None:
        """Puts the macros into the package there."""
        for name, edits in self.edits.items():
            file = place / name
            try:
                # Line ends stay as they are.
                file.write_bytes(edits.apply(file.read_bytes().decode()).encode())
            except Unfit as unfit:
                raise Unfit(f"{name}: {unfit}") from None

    def outcomes(self, place: Path, *modules: Path) -> Outcomes:
        """How the tests there end, with further folders of modules."""
        report = place.with_suffix(".xml")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        if self.without:
            command += ["-k", f"not ({self.without})"]
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(map(str, [place / self.root, *modules])),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }
        run = subprocess.run(
            command, cwd=place, env=environment, capture_output=True, text=True, check=False
        )
        if run.returncode not in (0, 1):
            raise Unfit(f"pytest doesn't run in {place}:\n{run.stdout}{run.stderr}")
        return Counter(
            (f"{case.get('classname')}.{case.get('name')}", outcome(case))
            for case in ElementTree.parse(report).iter("testcase")
        )


def outcome(case: ElementTree.Element) -> str:
    """How a test ended: a test that passed has nothing to tell."""
    tags = [child.tag for child in case if child.tag in ("error", "failure", "skipped")]
    return tags[0] if tags else "passed"


def copy(source: Path, target: Path, *ignored: str) -> Path:
    """A new copy of a tree, without the files that fit the patterns."""
    return shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", *ignored))


def expand(uneval: Path, edited: Path, expanded: Path) -> float:
    """Expands a tree into another that has all its other files, and tells the seconds it took."""
    copy(edited, expanded, "*.py")
    start = time.perf_counter()
    command = [str(uneval), "expand", str(edited), "-o", str(expanded)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if run.returncode != 0 or run.stderr:
        raise Unfit(f"it isn't expanded without findings:\n{run.stderr}")
    for file in sorted(expanded.rglob("*.py")):
        if found := COMPILE_TIME.search(file.read_text(encoding="utf-8")):
            raise Unfit(f"{file.relative_to(expanded)} still has {found.group()!r}")
    return seconds


def uses(uneval: Path, edited: Path) -> int:
    """How many uses of macros are expanded in a tree."""
    command = [str(uneval), "expand", "--trace", str(edited)]
    return len(USE.findall(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def check(package: Package, sdist: Path, uneval: Path, scratch: Path) -> str:
    """The line about a package that passes its tests before and after."""
    published = copy(sdist, scratch / "published")
    edited = copy(sdist, scratch / "edited")
    package.edit(edited)
    meta = scratch / "modules/uneval/meta.py"
    meta.parent.mkdir(parents=True)
    meta.write_text(PLAIN)
    expanded = scratch / "expanded"
    seconds = expand(uneval, edited, expanded)
    before = package.outcomes(published)
    if (plain := package.outcomes(edited, meta.parent.parent)) != before:
        raise Unfit(f"its tests end in other ways before it is expanded:\n{differences(before, plain)}")
    if (after := package.outcomes(expanded)) != before:
        raise Unfit(f"its tests end in other ways when it is expanded:\n{differences(before, after)}")
    return ROW.format(
        package.name,
        package.version,
        len(list(expanded.rglob("*.py"))),
        sum(len(edits.decorated) for edits in package.edits.values()),
        sum(len(edits.constants) for edits in package.edits.values()),
        uses(uneval, edited),
        passed(before),
        passed(after),
        f"{seconds:.2f}",
    )


def passed(outcomes: Outcomes) -> int:
    return sum(count for (_, how), count in outcomes.items() if how == "passed")


def differences(before: Outcomes, after: Outcomes) -> str:
    """The tests that end in other ways, a line each."""
    lines = [f"  before: {test} {how}" for test, how in sorted(before - after)]
    lines += [f"  after:  {test} {how}" for test, how in sorted(after - before)]
    return "\n".join(lines)


def needed(packages: Sequence[Package]) -> Iterator[str]:
    """The modules that the tests need and this Python hasn't."""
    for name in sorted({name for package in packages for name in package.needs}):
        if importlib.util.find_spec(name) is None:
            yield name


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="the folder with the unpacked sdists")
    parser.add_argument("uneval", type=Path, nargs="?", default=BUILT, help="the command to test")
    parser.add_argument("--only", metavar="NAME", default="*", help="test this package only")
    parser.add_argument("--keep", metavar="OUT", type=Path, help="leave all trees in this new folder")
    arguments = parser.parse_args()
    packages = [Package.read(path) for path in sorted(HERE.glob(f"{arguments.only}.toml"))]
    if missing := list(needed(packages)):
        sys.exit(f"the tests need more: {sys.executable} -m pip install {' '.join(missing)}")
    uneval = arguments.uneval.resolve()
    status = 0
    print(ROW.format(*HEADS))
    for package in packages:
        with tempfile.TemporaryDirectory() as temporary:
            scratch = (arguments.keep or Path(temporary)).resolve() / package.name
            try:
                sdist = package.sdist(arguments.folder.resolve())
                print(check(package, sdist, uneval, scratch), flush=True)
            except Unfit as unfit:
                print(f"{package.name}: {unfit}")
                status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
