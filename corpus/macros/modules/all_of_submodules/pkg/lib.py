from cython.meta import macro
print("lib")
K = 2


def h(x):
    return ("h", x)


@macro
def m(x):
    return (h(x), K)
