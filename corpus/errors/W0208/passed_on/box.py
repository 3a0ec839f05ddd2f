"""Nothing but imports: others import from here."""
from tools import double, half
from cython.meta import macro
