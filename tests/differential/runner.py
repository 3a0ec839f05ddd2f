"""Runs programs one after the other."""

import importlib.abc
import importlib.util
import io
import signal
import sys
import types
import warnings
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import NoReturn

import protocol

warnings.simplefilter("ignore")
SECONDS = 4
WORLD = compile(Path(__file__).with_name("world.py").read_bytes(), "world.py", "exec")


class Timeout(BaseException):
    """The program took too long."""


def late(number: int, frame: types.FrameType | None) -> NoReturn:
    raise Timeout


signal.signal(signal.SIGALRM, late)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the files of the request, and a new world."""

    def __init__(self) -> None:
        self.files: protocol.Files = {}

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> ModuleSpec | None:
        if name == "world" or name + ".py" in self.files:
            return importlib.util.spec_from_loader(name, self)
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        name = module.__name__ + ".py"
        code = WORLD if name == "world.py" else compile(self.files[name], name, "exec")
        exec(code, module.__dict__)  # noqa: S102  (what a loader does)


finder = Finder()
sys.meta_path.insert(0, finder)


def same(thing: object) -> object:
    return thing


def stub(name: str, **parts: types.ModuleType) -> types.ModuleType:
    """A compile-time module whose decorators change nothing."""
    module = types.ModuleType(name)
    module.__path__ = []
    vars(module).update(parts, macro=same, unroll=same, comptime=same)
    return module


STUBS = {name: stub(name) for name in ("cython.meta", "uneval.meta")}
STUBS |= {name: stub(name, meta=STUBS[name + ".meta"]) for name in ("cython", "uneval")}


def run(way: str, files: protocol.Files) -> str:
    """What the program `app.py` prints, and how it ends."""
    for name in ["world", *STUBS, *(file.removesuffix(".py") for file in files)]:
        sys.modules.pop(name, None)
    sys.modules.update(STUBS if way == "plain" else {})
    finder.files = files
    world = importlib.import_module("world")
    printed = sys.stdout = io.StringIO()
    end = ""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        importlib.import_module("app")
    except Timeout:
        end = "!! timeout"
    except SyntaxError as error:
        end = f"!! {type(error).__name__} {error}"
    except BaseException as error:  # noqa: BLE001  (how the program ends)
        end = f"!! {world.ending(error)} {world.message(error)}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.stdout = sys.__stdout__
    sys.modules.pop("app", None)
    return printed.getvalue() + end


protocol.serve(run)
