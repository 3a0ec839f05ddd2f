# The last argument has to be evaluated before the sum of the first two.
from cython.meta import macro


@macro
def combined(a, b, k):
    return a + b + k


def f(say):
    return combined(say("a"), say("b"), k=say("k"))
