"""Enumerations that are plain numbers in the program, and checked when it is expanded."""
from cython.meta import macro, comptime, error


@comptime
def modes():
    from enum import Flag, auto

    class Mode(Flag):
        READ = auto()
        WRITE = auto()
        CREATE = auto()
        APPEND = WRITE | CREATE
    return Mode


@macro
def mode(*names):
    """The number of these modes together."""
    Mode = modes()
    result = Mode(0)
    for name in names:
        if name not in Mode.__members__:
            known = ", ".join(Mode.__members__)
            error(f"there is no mode {name!r}; known are {known}")
        result |= Mode[name]
    return result.value


@macro
def has(value, name):
    """Whether a number has the mode."""
    wanted = modes()[name].value
    return value & wanted == wanted


MODE_NAMES = comptime({m.value: m.name for m in modes()})
