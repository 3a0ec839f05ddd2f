from uneval.meta import macro


def helper(x):
    return x + 1


@macro
def inc(x):
    return helper(x)
