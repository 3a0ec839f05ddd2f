from .impl import m, other
