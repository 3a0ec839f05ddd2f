"""`setattr` with a name that is known assigns an attribute."""
import lib
from lib import scaled

setattr(lib, "FACTOR", 10)
print(scaled(2))
