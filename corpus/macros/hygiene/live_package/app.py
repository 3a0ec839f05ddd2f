# Modules of packages, one of which isn't what its package calls by its name.
from pkg import hidden
from pkg.hidden import peek
from pkg.plain import first, reset

hidden()
print(peek(), first("!"))
hidden()
reset()
print(peek(), first("!"))
