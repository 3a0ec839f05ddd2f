# A constant that is assigned from outside is read when the program runs.
from unittest import mock

import lib
from lib import f, m

print(m(1), f(), lib.SIZE)
lib.SIZE = 99
print(m(1), f(), lib.SIZE)
with mock.patch("lib.DEPTH", 8):
    print(m(2), lib.DEPTH)
print(m(3))
