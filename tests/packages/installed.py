"""Expands programs whose macros use installed packages, each with an environment of its own.

    python3 tests/packages/installed.py [UNEVAL]

Each folder beside this file that has a pyproject.toml is a program. What its project depends on is
installed from PyPI into the environment that its settings name; expanded, it has to print its
expected.txt on a Python that has none of that.
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

HERE = Path(__file__).parent
BUILT = HERE.parent.parent / "target/debug/uneval"


def printed(uneval: Path, program: Path, folder: Path) -> str:
    """What a program prints that is expanded in a copy of its folder."""
    work, output = folder / program.name, folder / "out"
    shutil.copytree(program, work)
    settings = tomllib.loads((work / "pyproject.toml").read_text())
    environment = work / settings["tool"]["uneval"]["environment"]
    venv.create(environment, with_pip=True)
    install: list[str | Path] = [environment / "bin/python", "-m", "pip", "install", "--quiet"]
    subprocess.run([*install, *settings["project"]["dependencies"]], check=True)
    subprocess.run([uneval, "expand", work, "-o", output], check=True)
    command: list[str | Path] = [sys.executable, "-I", output / "main.py"]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return str(run.stdout)


def main() -> int:
    """Runs each program; tells how many print something else."""
    uneval = Path(sys.argv[1] if len(sys.argv) > 1 else BUILT).resolve()
    wrong = 0
    for settings in sorted(HERE.glob("*/pyproject.toml")):
        program = settings.parent
        with tempfile.TemporaryDirectory() as folder:
            got = printed(uneval, program, Path(folder))
        is_right = got == (program / "expected.txt").read_text()
        wrong += not is_right
        print(program.name, "is right" if is_right else f"prints {got!r}")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
