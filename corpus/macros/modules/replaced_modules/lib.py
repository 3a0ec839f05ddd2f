from uneval.meta import unroll


@unroll
def u(x):
    return x
