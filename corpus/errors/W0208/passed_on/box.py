"""Nothing but imports: others import from here."""
from tools import double, half
