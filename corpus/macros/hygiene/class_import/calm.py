from uneval.meta import macro

SIZE = 2


@macro
def half(x):
    return x // SIZE
