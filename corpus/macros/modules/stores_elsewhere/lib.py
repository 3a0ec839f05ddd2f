from uneval.meta import macro, unroll

K = 3


@unroll
def u(x):
    return x


@macro
def m():
    return K


def calls(x):
    return u(x), m()
