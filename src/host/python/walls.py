"""Takes away what would make compile time depend on the machine or the moment."""

import _io
import _thread
import builtins
import sys

from _frozen_importlib import ModuleSpec


# Modules: some have a stand-in, and of some it is said why they aren't there.


class _StandIns:
    """Imports the stand-ins when they are wanted."""

    @staticmethod
    def find_spec(name, path=None, target=None, known=(*stand_ins, "os.path")):
        return ModuleSpec(name, _StandIns, origin="built-in") if name in known else None

    @staticmethod
    def create_module(spec):
        if spec.name == "os.path":
            import posixpath

            return posixpath

    @staticmethod
    def exec_module(module, fill=fill):
        fill(module)


class _Outside:
    """Imports what isn't of the library."""

    def __init__(self, realm):
        self.realm = realm

    def find_spec(self, name, path=None, target=None, find=find_module):
        found = find(name, self.realm)
        if found is None:
            return None
        origin, is_package = found
        spec = ModuleSpec(name, self, origin=origin, is_package=is_package)
        if is_package:
            folder = origin.rpartition("/")[0] if origin else name.replace(".", "/")
            spec.submodule_search_locations.append(folder)
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module, fill=fill_module):
        if module.__spec__.origin:
            module.__file__ = module.__spec__.origin
        fill(module, self.realm)


class _Missing:
    LACKS = {
        "files": "_dbm _gdbm _sqlite3 mmap",
        "foreign functions": "_ctypes",
        "network": "_socket _ssl",
        "processes": "_multiprocessing _posixshmem _winapi",
        "terminal": "_curses readline termios _tkinter",
        "operating system": "fcntl grp pwd resource syslog",
    }

    @staticmethod
    def find_spec(name, path=None, target=None):
        for lack, names in _Missing.LACKS.items():
            if name in names.split():
                why = f"compile-time code has no {lack}: there is no module {name!r}"
                raise ModuleNotFoundError(why, name=name)


# As Python looks: what is built in, the program, the library, what is installed.
sys.meta_path.insert(1, _Outside(0))
sys.meta_path.insert(0, _StandIns)
sys.meta_path += _Missing, _Outside(1)


def _refuse(name, lacks):
    def refused(*args, **kwargs):
        raise OSError(f"compile-time code has no {lacks}: {name}() can't be called")

    refused.__name__ = refused.__qualname__ = name
    return refused


# Files and threads.


def _open(file, mode="r", buffering=-1, encoding=None, errors=None, *rest, read=read_data, **more):
    path = file if isinstance(file, str) else getattr(type(file), "__fspath__", repr)(file)
    if isinstance(path, str) and not set(mode) & set("wax+"):
        data = read(path)
        if data is not None:
            stream = _io.BytesIO(data)
            return stream if "b" in mode else _io.TextIOWrapper(stream, encoding or "utf-8", errors)
    raise OSError('compile-time code has no files: embed("path") gives what is in one')


class FileIO(_io._RawIOBase):
    def __init__(self, *args, **kwargs):
        _open(self)


_open.__name__ = _open.__qualname__ = "open"
_io.FileIO = FileIO
_io.open = _io.open_code = builtins.open = _open
for _name in ("start_new_thread", "start_joinable_thread"):
    setattr(_thread, _name, _refuse(_name, "threads"))


class _local:
    """What belongs to a thread, of which there is one."""

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        return object.__new__(cls)


_local.__module__ = "_thread"
_thread._local = _local


# Streams: what is written is said.


class _Said(_io._TextIOBase):
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


class _NothingToRead(_io._TextIOBase):
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
    "breakpointhook": _refuse("breakpoint", "debugger"),
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
if target != sys.version_info[:2]:
    _fields = "major", "minor", "micro", "releaselevel", "serial"
    _info = type(
        "version_info",
        (tuple,),
        {name: property(lambda self, at=at: self[at]) for at, name in enumerate(_fields)}
        | {
            "__module__": "sys",
            "__repr__": lambda self: "sys.version_info(%s)"
            % ", ".join(f"{name}={value!r}" for name, value in zip(_fields, self)),
        },
    )
    sys.version_info = _info((*target, 0, "final", 0))
    sys.hexversion = target[0] << 24 | target[1] << 16 | 0xF0
    _number = "%d.%d.0" % target
else:
    _number = sys.version.split()[0]
_vm = sys.version.rpartition("[")[2].partition(" with ")[0]
sys.version = f"{_number} (default, Jan  1 1970, 00:00:00) \n[{_vm}]"
sys._rustpython_debugbuild = False
sys._git = ("RustPython", "", "")
sys.implementation._multiarch = ""
sys.is_finalizing = lambda: False
del sys._current_frames, sys._current_exceptions
