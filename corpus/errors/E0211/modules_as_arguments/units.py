from uneval.meta import macro


@macro
def double(x):
    return x + x


def half(x):
    return x / 2
