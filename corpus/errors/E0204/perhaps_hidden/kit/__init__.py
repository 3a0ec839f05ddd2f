"""The package may call something else by the name of a module below it, and the module may be loaded later."""

import sys

for shape in sys.argv[1:]:
    print(shape)
