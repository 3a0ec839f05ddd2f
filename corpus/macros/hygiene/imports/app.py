# Which imports may be used, and which are added.
from __future__ import annotations; start = 1
from typing import TYPE_CHECKING
from decimal import Decimal
from lib import money, own_max, ratio, short, text, title
from other import built_in

if TYPE_CHECKING:
    from fractions import Fraction
try:
    from json import dumps
except ImportError:
    dumps = None
from textwrap import shorten


def early(x):
    return title(x), money(x), ratio(x), text(x), short(x)


from string import capwords

shorten = None
print(early("1"), capwords("a"), own_max(3), built_in(-1))
