# The macro's module has run before the one that its expansion needs.
from calc import m

print(m(3))
