"""Macros that change variables: what they get is a place, not a value."""
from cython.meta import macro, quote, uneval, error
from cython.meta import ATTR, INDEX


@macro
def swap(a, b):
    """Exchanges the values of two places."""
    for place in (uneval(a), uneval(b)):
        # A variable has a name, whatever it was followed to.
        if place.name is None and place.op not in (ATTR, INDEX):
            error(place, f"{place} can't be assigned to")
    with quote as exchange:
        a, b = b, a
    return exchange


@macro
def rotate(*places):
    """Gives each place the value of the next one, and the last one that of the first."""
    targets = [uneval(place) for place in places]
    values = targets[1:] + targets[:1]
    all_targets, all_values = uneval((*targets,)), uneval((*values,))
    with quote as turn:
        all_targets = all_values
    return turn


@macro
def increment(place, by=1):
    with quote as addition:
        place += by
    return addition


@macro
def forget(*places):
    """Deletes every place, from left to right."""
    for place in [uneval(place) for place in places]:
        with quote as deletion:
            del place
        deletion.eval()
