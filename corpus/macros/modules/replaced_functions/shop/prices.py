from cython.meta import unroll

@unroll
def doubled(x):
    return x * 2

@unroll
def halved(x):
    return x / 2

@unroll
def net(x):
    return x - 1

@unroll
def named(x):
    return x + 1

@unroll
def total(x):
    return doubled(x) + halved(x) + net(x) + named(x)
