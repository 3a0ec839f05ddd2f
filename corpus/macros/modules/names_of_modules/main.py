# `__name__` is that of the module whose code it is.
from lib import later, pair, strict
from uneval.meta import macro, unroll


@macro
def own(x):
    return x, __name__, lambda: __name__


@unroll
def main(x):
    if __name__ == "__main__":
        return "main", x
    return "module", x


@unroll
def total(xs, n):
    for i in range(n):
        xs = xs + [__name__]
    return xs


try:
    strict(3)
except ValueError as error:
    print(error)
print(pair(1), list(later([2])), own(3)[:2], own(4)[2](), main(5), total([], 2))
