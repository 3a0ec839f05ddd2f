"""Stands in for the operating system at compile time: there is none."""


class _Refused(OSError):
    pass


def _refuse(name):
    def refused(*args, **kwargs):
        raise _Refused(f"compile-time code has no operating system: {name}() can't be called")

    refused.__name__ = name
    return refused


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)
    return _refuse(name)


error = OSError
environ = {}
