"""Importing a package makes the modules that it imports its attributes, for whoever looks."""
import pkg
from pkg import twice

n = 4
print(twice(n), [hasattr(pkg, name) for name in ("m", "n")])
