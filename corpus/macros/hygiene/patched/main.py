# A function that a test puts in another's place is called by the macro, however the test names it.
from unittest.mock import patch

import lib
import mid


def other(x):
    return "patched"


TARGET = "lib"
with patch.multiple("lib", helper=other):
    print(mid.f(1))
with patch.dict(lib.__dict__, helper=other):
    print(mid.f(1))
with patch("lib" + ".helper", other):
    print(mid.f(1))
with patch(f"{TARGET}.helper", other):
    print(mid.f(1))
for name in ["helper"]:
    with patch("lib.%s" % name, other):
        print(mid.f(1))
print(mid.f(1))
