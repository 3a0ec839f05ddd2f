# The package calls an object by the name of a module below it.
import pkg
from pkg import registry
from pkg import tool as other
from pkg.registry import add

print(pkg.registry.add(1), registry.add(2), add(3))
print(pkg.tool.run(1), other.run(2))
