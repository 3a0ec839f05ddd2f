"""Takes away what would make compile time depend on the machine or the moment."""

import _io
import _thread
import builtins
import genericpath
import posixpath
import sys

from posix import refuse

EMBED = 'embed("path") gives what is in one'


# Files.


def _no_file(*args, **kwargs):
    raise OSError(f"compile-time code has no files: {EMBED}")


class FileIO(_io._RawIOBase):
    __init__ = _no_file


_no_file.__name__ = _no_file.__qualname__ = "open"
_io.FileIO = FileIO

import io  # It wants that class.

_io.open = io.open = _io.open_code = io.open_code = builtins.open = _no_file


def _is_there(name):
    def asked(path):
        # They look whether the system has more to tell, and do without.
        if sys._getframe(1).f_globals.get("__name__") in {"gettext", "inspect", "mimetypes"}:
            return False
        raise OSError(f"compile-time code has no files: os.path.{name}() can't be called; {EMBED}")

    asked.__name__ = asked.__qualname__ = name
    return asked


for _name in ("exists", "isdir", "isfile", "islink", "lexists", "ismount"):
    for _module in (posixpath, genericpath):
        if hasattr(_module, _name):
            setattr(_module, _name, _is_there(_name))


# Streams: what is written is said.


class _Said(io.TextIOBase):
    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name):
        self.name = name
        self._line = ""

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        *lines, self._line = (self._line + text).split("\n")
        if lines:
            _note("\n".join(lines))
        return len(text)


class _NothingToRead(io.TextIOBase):
    name = "<stdin>"
    encoding = "utf-8"
    errors = "strict"

    def read(self, size=-1):
        raise OSError("compile-time code has no standard input")

    readline = read


def _note(text):
    from cython.meta import note

    note(text)


sys.stdin = sys.__stdin__ = _NothingToRead()
sys.stdout = sys.__stdout__ = _Said("<stdout>")
sys.stderr = sys.__stderr__ = _Said("<stderr>")


# Threads and other systems.

for _name in ("start_new_thread", "start_joinable_thread"):
    setattr(_thread, _name, refuse("_thread." + _name, "threads"))


class _Missing:
    """Says why a module isn't there."""

    LACKS = {
        "files": "_dbm _gdbm _sqlite3 mmap",
        "foreign functions": "_ctypes",
        "network": "_socket _ssl",
        "processes": "_posixsubprocess _multiprocessing _posixshmem _winapi",
        "signals": "_signal",
        "terminal": "_curses readline termios _tkinter",
        "operating system": "fcntl grp pwd resource select syslog",
    }

    @staticmethod
    def find_spec(name, path=None, target=None):
        for lack, names in _Missing.LACKS.items():
            if name in names.split():
                why = f"compile-time code has no {lack}: there is no module {name!r}"
                raise ModuleNotFoundError(why, name=name)


sys.meta_path.append(_Missing)


# The interpreter.


def _excepthook(kind, value, traceback):
    from traceback import print_exception

    print_exception(kind, value, traceback)


def _displayhook(value):
    if value is not None:
        builtins._ = None
        sys.stdout.write(repr(value) + "\n")
        builtins._ = value


def _unraisablehook(unraisable):
    sys.stderr.write(f"Exception ignored in: {unraisable.object!r}\n")


for _name, _hook in {
    "breakpointhook": refuse("breakpoint", "debugger"),
    "displayhook": _displayhook,
    "excepthook": _excepthook,
    "unraisablehook": _unraisablehook,
}.items():
    setattr(sys, _name, _hook)
    setattr(sys, f"__{_name}__", _hook)
for _name in "_base_executable base_exec_prefix base_prefix exec_prefix executable prefix".split():
    setattr(sys, _name, "")
sys.argv, sys.orig_argv, sys.path = [""], [], []
sys.platform = "linux"
sys.version = f"{sys.version.partition(' with ')[0]}]"
sys._rustpython_debugbuild = False
sys._git = ("RustPython", "", "")
sys.implementation._multiarch = ""
sys.is_finalizing = lambda: False
del sys._current_frames, sys._current_exceptions
