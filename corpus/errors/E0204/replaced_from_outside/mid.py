from lib import first
from lib import k


def g(x):
    return k(x)
