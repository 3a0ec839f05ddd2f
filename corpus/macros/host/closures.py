# Functions inside macros: closures, nonlocal, recursion, defaults, decorators, lambdas.
from cython.meta import macro


@macro
def all_of_them(limit):
    def counter():
        value = 0

        def step(by=1, *more, scale=1, **rest):
            nonlocal value
            value += by * scale + sum(more) + len(rest)
            return value

        return step

    def twice(function):
        return lambda *args: function(function(*args))

    @twice
    def half(n):
        return n // 2

    def factorial(n):
        return 1 if n == 0 else n * factorial(n - 1)

    step = counter()
    step()
    step(2, 3, 4, scale=10, other=None)
    makers = [lambda n=n: n * n for n in range(limit)]
    return step(), half(100), factorial(20), [make() for make in makers], (lambda *a: a)(1, 2)


print(all_of_them(4))
