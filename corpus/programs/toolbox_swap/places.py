"""Macros that change variables: what they get is a place, not a value."""
from cython.meta import macro, uneval, codenode, error
from cython.meta import ASSIGN, AUGASSIGN, DELETE, TUPLE, VAR, ATTR, INDEX


@macro
def swap(a, b):
    """Exchanges the values of two places."""
    a, b = uneval(a), uneval(b)
    for place in (a, b):
        if place.op not in (VAR, ATTR, INDEX):
            error(place, f"{place} can't be assigned to")
    codenode(ASSIGN, [codenode(TUPLE, [a, b]), codenode(TUPLE, [b, a])]).eval()


@macro
def rotate(*places):
    """Gives each place the value of the next one, and the last one that of the first."""
    trees = [uneval(place) for place in places]
    codenode(ASSIGN, [codenode(TUPLE, trees), codenode(TUPLE, trees[1:] + trees[:1])]).eval()


@macro
def increment(place, by=1):
    codenode(AUGASSIGN, [uneval(place), uneval(by)], name="PLUS").eval()


@macro
def forget(*places):
    """Deletes every place, from left to right."""
    for place in places:
        codenode(DELETE, [uneval(place)]).eval()
