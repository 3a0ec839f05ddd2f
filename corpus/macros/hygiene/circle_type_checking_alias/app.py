# No circle: only type checkers and functions import the file.
from lib import m


class Thing:
    pass


print(m(1))
