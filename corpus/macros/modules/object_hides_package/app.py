# The package calls an object by the name of a package below it.
from pkg.sub.base import add

print(add(3))
