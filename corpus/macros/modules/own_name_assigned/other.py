import lib
from lib import m


def h(x):
    return m(x), lib is None
