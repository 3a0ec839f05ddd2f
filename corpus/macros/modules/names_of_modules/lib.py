from uneval.meta import macro, unroll


@macro
def pair(x):
    def inner():
        return x, __name__

    return inner()


@macro
def later(xs):
    return ((x, __name__) for x in xs)


@unroll
def strict(x):
    raise ValueError(x, __name__)
