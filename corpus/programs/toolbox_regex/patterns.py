"""Regular expressions that are checked when the program is expanded."""
import re

from cython.meta import macro, comptime, uneval, error


@comptime
def problem(pattern):
    """What is wrong with the pattern, in words; None if nothing is."""
    import re
    try:
        re.compile(pattern)
    except re.error as wrong:
        mark = " " * (wrong.pos or 0) + "^"
        return f"{wrong.msg}\n{pattern}\n{mark}"


@macro
def regex(pattern):
    """The compiled pattern, which is known to be one."""
    if wrong := problem(pattern):
        error(uneval(pattern), f"no regular expression: {wrong}")
    return re.compile(pattern)


@macro
def fields(pattern, text):
    """The named groups of the pattern in `text`, as a dict with the names known beforehand."""
    import re
    if wrong := problem(pattern):
        error(uneval(pattern), f"no regular expression: {wrong}")
    names = list(re.compile(pattern).groupindex)
    if not names:
        error(uneval(pattern), "the pattern has no named groups")
    return found(pattern, names, text)


def found(pattern, names, text):
    match = re.search(pattern, text)
    return dict(zip(names, match.group(*names))) if match else dict.fromkeys(names)
