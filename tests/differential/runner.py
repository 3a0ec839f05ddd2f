"""Runs programs one after the other, and proposes smaller ones."""

import ast
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


def run(files: protocol.Files, stubs: dict[str, types.ModuleType]) -> str:
    """What the program `app.py` prints, and how it ends."""
    for name in ["world", *STUBS, *(file.removesuffix(".py") for file in files)]:
        sys.modules.pop(name, None)
    sys.modules.update(stubs)
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


BLOCKS = ("body", "orelse", "finalbody")
NEVER_EMPTY = ("items", "cases", "names", "generators", "targets")
LISTS = ("decorator_list", "handlers", "ifs", "bases", "keywords", "args", "elts")


class Reducer(ast.NodeTransformer):
    """Applies the `wanted`-th of all reductions, counting on the way."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.count = -1

    def now(self) -> bool:
        self.count += 1
        return self.count == self.wanted

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.expr):
            return self.expression(node)
        self.lists(node)
        return self.generic_visit(node)

    def lists(self, node: ast.AST) -> None:
        for field, value in ast.iter_fields(node):
            if not isinstance(value, list):
                continue
            if value and isinstance(value[0], ast.stmt):
                self.statements(value, field)
            elif field in (*NEVER_EMPTY, *LISTS):
                least = field in NEVER_EMPTY
                for item in list(value):
                    if len(value) > least and self.now():
                        value.remove(item)
                        return
        if isinstance(node, ast.Dict):
            for at in range(len(node.keys)):
                if self.now():
                    del node.keys[at], node.values[at]
                    return
        if isinstance(node, ast.BoolOp):
            for item in list(node.values):
                if len(node.values) > 2 and self.now():
                    node.values.remove(item)
                    return
        if isinstance(node, ast.Compare) and len(node.ops) > 1 and self.now():
            node.ops.pop()
            node.comparators.pop()

    def statements(self, body: list[ast.stmt], field: str) -> None:
        if len(body) > 3:
            half = len(body) // 2
            for part in (slice(0, half), slice(half, None)):
                if self.now():
                    del body[part]
                    return
        for stmt in list(body):
            at = body.index(stmt)
            if not isinstance(stmt, ast.Pass) and self.now():
                del body[at]
                if not body and field == "body":
                    body.append(ast.Pass())
                return
            inner = [getattr(stmt, name, None) for name in BLOCKS]
            inner += [h.body for h in getattr(stmt, "handlers", [])]
            inner += [c.body for c in getattr(stmt, "cases", [])]
            for block in inner:
                if block and isinstance(block, list) and self.now():
                    body[at : at + 1] = block
                    return
            value = getattr(stmt, "value", None) or getattr(stmt, "test", None)
            if isinstance(value, ast.expr) and not isinstance(stmt, ast.Expr) and self.now():
                body[at] = ast.Expr(value)
                return

    def expression(self, node: ast.expr) -> ast.AST:
        place = getattr(node, "ctx", None)
        if not isinstance(place, (ast.Store, ast.Del)):
            if not isinstance(node, (ast.Constant, ast.Name, ast.FormattedValue)):
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, (ast.keyword, ast.FormattedValue)):
                        child = child.value
                    if isinstance(child, ast.expr) and self.now():
                        return child.value if isinstance(child, ast.Starred) else child
            if not isinstance(node, (ast.Constant, ast.FormattedValue)) and self.now():
                return ast.Constant(0)
        self.lists(node)
        return self.generic_visit(node)


def reductions(text: str) -> list[str]:
    """Smaller programs, the boldest first."""
    try:
        start = ast.unparse(ast.parse(text))
    except (SyntaxError, RecursionError):
        return []
    found = [start] if start != text.rstrip() else []
    seen = {text.rstrip(), start}
    wanted = 0
    while True:
        reducer = Reducer(wanted)
        tree = reducer.visit(ast.parse(text))
        if reducer.count < wanted:
            return found
        wanted += 1
        try:
            smaller = ast.unparse(ast.fix_missing_locations(tree))
            compile(smaller, "smaller", "exec")
        except Exception:  # noqa: BLE001, S112  (a tree that is no program)
            continue
        if smaller not in seen and len(smaller) < len(start):
            seen.add(smaller)
            found.append(smaller)


def answer(word: str, files: protocol.Files) -> list[str]:
    if word == "reduce":
        return reductions(files["text"])
    return [run(files, STUBS if word == "plain" else {})]


protocol.serve(answer)
