"""Runs programs one after the other, and proposes smaller ones.

A request is a line of words, then files: a line `name length`, then that many bytes. An answer is
a line with the number of texts, then each as a line with its length and its bytes.
"""

import ast
import importlib.abc
import importlib.util
import io
import signal
import sys
import types
import warnings

requests = sys.stdin.buffer
answers = sys.stdout.buffer
warnings.simplefilter("ignore")
sys.dont_write_bytecode = True
SECONDS = 4


class Timeout(BaseException):
    """The program took too long."""


def late(number, frame):
    raise Timeout


signal.signal(signal.SIGALRM, late)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the files of the request."""

    def __init__(self):
        self.files = {}
        self.compiled = {}

    def find_spec(self, name, path=None, target=None):
        if name + ".py" in self.files:
            return importlib.util.spec_from_loader(name, self)

    def exec_module(self, module):
        name = module.__name__ + ".py"
        text = self.files[name]
        if name != "world.py" or name not in self.compiled:
            self.compiled[name] = compile(text, name, "exec")
        exec(self.compiled[name], module.__dict__)


finder = Finder()
sys.meta_path.insert(0, finder)


def stub(name):
    module = types.ModuleType(name)
    same = lambda thing: thing
    module.macro = module.unroll = module.comptime = same
    return module


STUBS = {name: stub(name) for name in ("cython", "cython.meta", "uneval", "uneval.meta")}
for owner in ("cython", "uneval"):
    STUBS[owner].meta = STUBS[owner + ".meta"]
    STUBS[owner].__path__ = []


def run(files, stubs):
    """What the program `app.py` prints, and how it ends."""
    for name in [*STUBS, *(file.removesuffix(".py") for file in files)]:
        sys.modules.pop(name, None)
    if stubs:
        sys.modules.update(STUBS)
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
    except BaseException as error:
        end = f"!! {world.ending(error)} {world.message(error)}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.stdout = sys.__stdout__
    sys.modules.pop("app", None)
    return printed.getvalue() + end


BLOCKS = ("body", "orelse", "finalbody")


class Reducer(ast.NodeTransformer):
    """Applies the `wanted`-th of all reductions, counting on the way."""

    def __init__(self, wanted):
        self.wanted = wanted
        self.count = -1

    def now(self):
        self.count += 1
        return self.count == self.wanted

    def visit(self, node):
        if isinstance(node, ast.expr):
            return self.expression(node)
        self.lists(node)
        return self.generic_visit(node)

    def lists(self, node):
        for field, value in ast.iter_fields(node):
            if not isinstance(value, list):
                continue
            if value and isinstance(value[0], ast.stmt):
                self.statements(value, field)
            elif field in ("decorator_list", "handlers", "items", "cases", "names", "ifs",
                           "generators", "bases", "keywords", "targets", "args", "elts"):
                least = field in ("items", "cases", "names", "generators", "targets")
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
        if isinstance(node, ast.Compare) and len(node.ops) > 1:
            if self.now():
                node.ops.pop()
                node.comparators.pop()

    def statements(self, body, field):
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
                    body[at:at + 1] = block
                    return
            value = getattr(stmt, "value", None) or getattr(stmt, "test", None)
            if isinstance(value, ast.expr) and not isinstance(stmt, ast.Expr) and self.now():
                body[at] = ast.Expr(value)
                return

    def expression(self, node):
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


def reductions(text):
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
        except Exception:
            continue
        if smaller not in seen and len(smaller) < len(start):
            seen.add(smaller)
            found.append(smaller)


def answer(texts):
    answers.write(b"%d\n" % len(texts))
    for text in texts:
        data = text.encode("utf-8", "backslashreplace")
        answers.write(b"%d\n" % len(data))
        answers.write(data)
    answers.flush()


while True:
    line = requests.readline().split()
    if not line:
        break
    files = {}
    for _ in range(int(line[1])):
        name, length = requests.readline().split()
        files[name.decode()] = requests.read(int(length)).decode()
    if line[0] == b"reduce":
        answer(reductions(next(iter(files.values()))))
    else:
        answer([run(files, line[0] == b"plain")])
