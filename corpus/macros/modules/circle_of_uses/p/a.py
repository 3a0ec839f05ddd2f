from uneval.meta import macro

LIMIT = 10


@macro
def ma(x):
    return x - LIMIT


from .b import mb


def fa(x):
    return mb(x), ma(x)
