"""What programs at the prompt have besides: streams, the look of exceptions, modules of files."""

import builtins
import io
import sys

from _frozen_importlib import ModuleSpec


class Output(io.TextIOBase):
    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name, write):
        self.name = name
        self._write = write

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._write(text)
        return len(text)

    def flush(self):
        self._write("")


class Input(io.TextIOBase):
    name = "<stdin>"

    def readline(self, size=-1):
        raise OSError("compile-time code has no standard input")


class Leave:
    """Calling it ends the session."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Use {self.name}() or Ctrl-D to leave"

    def __call__(self, code=None):
        raise SystemExit(code)


class Modules:
    """Finds the modules whose sources were handed in."""

    def __init__(self):
        self.sources = {}

    def find_spec(self, name, path=None, target=None):
        if name not in self.sources:
            return None
        _, origin, is_package = self.sources[name]
        return ModuleSpec(name, self, origin=origin, is_package=is_package)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        text, origin, _ = self.sources[module.__name__]
        module.__file__ = origin
        remember(origin, text)
        exec(compile(text, origin, "exec", dont_inherit=True), module.__dict__)


modules = Modules()


def add_module(name, text, origin, is_package):
    modules.sources[name] = (text, origin, is_package)


def remember(name, text):
    """Keeps the lines of a source for tracebacks."""
    import linecache

    linecache.cache[name] = (len(text), None, text.splitlines(True), name)


def _tidy(shown):
    """Leaves out frames that aren't of the user's code."""
    waiting, seen = [shown], set()
    while waiting:
        shown = waiting.pop()
        if shown is None or id(shown) in seen:
            continue
        seen.add(id(shown))
        shown.stack[:] = [frame for frame in shown.stack if not hidden(frame.filename)]
        waiting += [shown.__cause__, shown.__context__, *(shown.exceptions or ())]


def hidden(filename):
    return filename.startswith(("<_uneval", "<frozen importlib", "_frozen_importlib"))


def report(exception, sources):
    """The text that Python shows of an exception; `sources` are the texts of inputs by name."""
    import traceback

    for name, text in sources:
        remember(name, text)
    shown = traceback.TracebackException(
        type(exception), exception, exception.__traceback__, compact=True
    )
    _tidy(shown)
    return "".join(shown.format())


def no_files(*args, **kwargs):
    raise OSError("compile-time code has no files")


def install(write, main):
    sys.stdin = sys.__stdin__ = Input()
    sys.stdout = sys.__stdout__ = Output("<stdout>", lambda text: write(0, text))
    sys.stderr = sys.__stderr__ = Output("<stderr>", lambda text: write(1, text))
    sys.modules["__main__"] = main
    sys.meta_path.insert(0, modules)
    sys.argv = [""]
    builtins.open = io.open = no_files
    for name in "exit", "quit":
        setattr(builtins, name, Leave(name))
