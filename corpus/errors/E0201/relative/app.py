# Modules that must be the program's, and aren't there.
from .nowhere import mac
from pkg.missing import other
from shapes import twice

try:
    from .optional import fast
except ImportError:
    fast = None

print(mac(twice(2)), other, fast)
