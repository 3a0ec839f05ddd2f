"""Assertions that say more than Python's own."""
from asserting import assert_


def between(a, b):
    """The numbers between a and b, of which there has to be one."""
    assert_(a + 1 < b)
    return list(range(a + 1, b))


def first(rows, width):
    assert_(rows)
    assert_(len(rows[0]) == width)  # looked up once
    assert_(None not in rows[0] and width < 10)
    return rows.pop(0)


def attempt(function, *args):
    try:
        print(function(*args))
    except AssertionError as failed:
        print("failed:", failed)


attempt(between, 1, 4)
attempt(between, 2, 2)
attempt(first, [(1, 2)], 2)
attempt(first, [], 2)
attempt(first, ["text"], 2)
attempt(first, [(None, 1)], 2)
