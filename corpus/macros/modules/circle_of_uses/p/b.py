from uneval.meta import macro


def hb(x):
    return x + 1000


@macro
def mb(x):
    return hb(x), ma(x)


from .a import ma


def fb(x):
    return ma(x), mb(x)
