# Whoever gets at a list that comptime made may change it: by its name in a text, or as what is in another.
import lib
from lib import lengths

getattr(lib, "SIZES").append(3)
for row in lib.ROWS:
    row.append(0)
lib.BY_NAME.get("a").append(5)
exec("lib.CODE.append(5)")
print(lengths())
