from cython.meta import macro


@macro
def unused(x):
    return x


def run(x):
    return ("spare", x)
