"""Stands in for `os` at compile time: names and paths, but no system behind them."""

import abc
import sys

import posix

# `import os.path` asks for it.
__path__ = []

name = "posix"
curdir = "."
pardir = ".."
sep = "/"
altsep = None
extsep = "."
pathsep = ":"
linesep = "\n"
devnull = "/dev/null"
defpath = "/bin:/usr/bin"
environ = posix.environ
error = OSError
supports_bytes_environ = False
supports_follow_symlinks = set()
supports_fd = set()
supports_dir_fd = set()
supports_effective_ids = set()
SEEK_SET, SEEK_CUR, SEEK_END = range(3)
F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND = 0, 1, 2, 64, 128, 512, 1024


class stat_result(tuple):
    pass


class terminal_size(tuple):
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    try:
        give = type(path).__fspath__
    except AttributeError:
        kind = type(path).__name__
        raise TypeError(f"expected str, bytes or os.PathLike object, not {kind}") from None
    return give(path)


class PathLike(abc.ABC):
    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return hasattr(subclass, "__fspath__") or NotImplemented
        return NotImplemented

    __class_getitem__ = classmethod(type(list[int]))


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


def getenv(key, default=None):
    return environ.get(key, default)


def cpu_count():
    return 1


process_cpu_count = cpu_count


def _is_data(path):
    try:
        open(path, "rb")
    except OSError:
        return False
    return True


def _is_there(name):
    def asked(path):
        # They look whether the system has more to tell, and do without.
        if sys._getframe(1).f_globals.get("__name__") in {"gettext", "inspect", "mimetypes"}:
            return False
        if posix.is_asked_by_package():
            return name in ("exists", "isfile", "lexists") and _is_data(path)
        raise OSError(
            f"compile-time code has no files: os.path.{name}() can't be called; "
            'embed("path") gives what is in one'
        )

    asked.__name__ = asked.__qualname__ = name
    return asked


def _home(expanduser):
    def asked(path):
        path = fspath(path)
        home = "~" if isinstance(path, str) else b"~"
        if path[:2] in (home, home + type(path)(b"/" if home == b"~" else "/")):
            if posix.is_asked_by_package():
                return path[1:] or path[:0] + ("/" if home == "~" else b"/")
        return expanduser(path)

    return asked


# It imports this module.
import genericpath

for _name in ("exists", "isdir", "isfile", "islink", "lexists"):
    setattr(genericpath, _name, _is_there(_name))


def __getattr__(name):
    if name == "path":
        import posixpath

        posixpath.expanduser = _home(posixpath.expanduser)
        sys.modules["os.path"] = globals()["path"] = posixpath
        return posixpath
    if name.startswith("_") or not hasattr(posix, name):
        raise AttributeError(f"compile-time code has no operating system: no os.{name}")
    return getattr(posix, name)
