# Globals are assigned by code that looks up their modules by name, or their variables.
import lib
import far
from own import bump, m as own
from pkg.lib import m as below
from pkg.other import bump as bump_below

print(lib.m(1), own(1), below(1))
bump()
bump_below()
print(lib.m(2), own(2), below(2))
