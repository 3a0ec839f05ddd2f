from uneval.meta import macro

FACTOR = 2


@macro
def scaled(x):
    return x * FACTOR
