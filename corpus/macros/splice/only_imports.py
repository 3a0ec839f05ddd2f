"""Nothing but compile-time imports."""
from cython.meta import (
    macro,
    uneval,
)
import uneval.meta as m
