from uneval.meta import macro


@macro
def inc(x):
    return x + 1


@macro
def same(x):
    return x
