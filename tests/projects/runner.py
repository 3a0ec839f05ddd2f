"""Runs projects one after the other, each file that is run by itself in a process of its own."""

import os
import re
import runpy
import signal
import sys
import tempfile
import unittest.mock  # noqa: F401  (loaded once for all)
import warnings
from pathlib import Path

import protocol

warnings.simplefilter("ignore")
SECONDS = 5

STUB = """
def macro(thing):
    return thing


comptime = unroll = macro
"""
NAMES = ("cython/__init__.py", "cython/meta.py", "uneval/__init__.py", "uneval/meta.py")
STUBS = dict.fromkeys(NAMES, STUB)


def is_entry(name: str) -> bool:
    """Whether a file is run, not imported."""
    return name.rpartition("/")[2].startswith(("main", "run", "test_"))


def run(way: str, files: protocol.Files) -> str:
    """What the entries of a project print, and how each ends."""
    stubs = STUBS if way == "plain" else {}
    with tempfile.TemporaryDirectory() as root:
        for name, text in (files | stubs).items():
            path = Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        entries = [name for name in files if is_entry(name)]
        return "".join(f"== {name}\n{process(root, name, stubs)}\n" for name in entries)


def process(root: str, name: str, stubs: protocol.Files) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.dup2(writing, 1)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        signal.alarm(SECONDS)
        entry(root, name, stubs)
        sys.stdout.flush()
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        printed = pipe.read()
    _, status = os.waitpid(child, 0)
    text = printed.decode("utf-8", "replace").replace(root, "")
    # Where an object is differs from run to run.
    return re.sub("0x[0-9a-f]+", "0x", text) + ("!! killed" if status else "")


def entry(root: str, name: str, stubs: protocol.Files) -> None:
    path = os.path.join(root, name)
    sys.path[0:1] = [os.path.dirname(path), root]
    if not stubs:
        # Not those either that the machine may have.
        sys.modules["cython"] = sys.modules["uneval"] = None  # type: ignore[assignment]
    try:
        runpy.run_path(path, run_name="__main__")
    except BaseException as error:  # noqa: BLE001  (printed, whatever it is)
        print(f"!! {type(error).__name__} {error}"[:300])


protocol.serve(run)
