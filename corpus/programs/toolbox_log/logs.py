"""Logging that costs nothing below a level."""
from cython.meta import macro, comptime, uneval, error

LEVELS = comptime(("DEBUG", "INFO", "WARNING", "ERROR"))
LEVEL = comptime("INFO")


def emit(level, message):
    print(f"{level:>7}: {message}")


@macro
def log(level, message):
    """Logs `message`, or vanishes with all that is in it when `level` is below LEVEL."""
    text = uneval(message)
    if level not in LEVELS:
        error(f"there is no level {level!r}; known are {', '.join(LEVELS)}")
    if LEVELS.index(level) >= LEVELS.index(LEVEL):
        return uneval(emit(level, text))


@macro
def logged(level):
    """Whether `level` is logged: `if logged("DEBUG"):` keeps or drops a block."""
    return LEVELS.index(level) >= LEVELS.index(LEVEL)
