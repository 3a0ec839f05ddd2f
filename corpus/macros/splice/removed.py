"""What goes with a macro: its lines, and the blank lines of one gap."""

# A comment above the import.
from cython.meta import macro  # its own comment goes

# A comment between.


# A comment above the macro stays.
@macro  # on the decorator
def first(x):
    """Documented."""

    # Inside.
    return x
    # Indented, after the body.
# Straight after.


@macro
def second(x):
    return x

X = 1
@macro
def third(x):
    return x
Y = first(second(third(2)))
if X:
    from cython.meta import uneval
else:
    from cython.meta import note
    Z = 3
try:
    import cython.meta
except ImportError:
    pass


@macro
def last(x):
    return x
