# Calls that need statements, in lines that are broken, joined, commented or indented with tabs.
from cython.meta import macro


def tick(value):
    print("tick", value)
    return value


@macro
def twice(x):
    return x + x


@macro
def log(x):
    print("log", x)
    return x


@macro
def put(d, k, v):
    d[k] = v
    return d


def f(x):
    "A docstring."
    total = tick(1) + \
        twice(tick(2)) + \
        tick(3)  # the total
    pairs = [
        tick("a"),  # first
        twice(tick("b")),  # second
        # nothing more
        log(
            tick("c")  # inside
        ),
    ]
    # before the if
    if x:  # after the if
        # in the if
        y = twice(tick(x))  # at the end

    elif twice(tick("elif")) and (
        log(tick(x))
        or tick("or")
    ):
        pass
    # before the else
    else: y = log(tick(0))
    return (total,
            pairs, put(tick({}),
                       tick("k"),  # the key
                       tick("v")))


def g(x):
	if x:
		y = twice(tick(x)); return (y,
			log(tick("tab")))
	else :
		z = 1 ; w = twice(tick(z)) ; return z , w


class C:
    """A docstring."""; size = twice(tick(1))
    def method(self): return twice(tick(self.size))

    # a comment at the end


print(f(1)); print(f([]))
print(g(1), g(0), C().method(), f.__doc__)
