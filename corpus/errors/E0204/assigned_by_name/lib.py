from uneval.meta import macro


@macro
def scaled(x):
    return x * 2
