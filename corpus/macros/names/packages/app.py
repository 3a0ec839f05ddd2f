# Dotted imports of packages; an alias for a submodule; a macro of `__init__` itself.
import pkg
import pkg.sub.deep
import pkg.sub.deep as d
from pkg import sub, here
from pkg.sub import deep

print(pkg.here(1), pkg.sub.deep.there(2), d.there(3), sub.deep.there(4), here(5), deep.there(6), deep.NAME)
