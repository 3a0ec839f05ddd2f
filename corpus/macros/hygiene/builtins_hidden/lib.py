from cython.meta import macro


@macro
def size(x):
    return len(x)


@macro
def show(x):
    return print(x)


@macro
def order(x):
    return sorted(x)
