from uneval.meta import macro


@macro
def dec(x):
    return x - 1
