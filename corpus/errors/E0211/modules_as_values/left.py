from uneval.meta import macro


@macro
def area(x):
    return x * x
