from uneval.meta import macro, unroll


@macro
def inc(x):
    return x + 1


@unroll
def power(x, n):
    r = 1
    for _ in range(n):
        r = r * x
    return r
