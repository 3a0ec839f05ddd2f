"""A package that offers its modules' macros and functions as its own."""
from .areas import rectangle, unit as one
from .areas import helper
