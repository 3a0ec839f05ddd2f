"""Functions that work out each result once."""
import inspect

from memos import memoize

calls = []


@memoize
def fib(n):
    """The n-th Fibonacci number."""
    calls.append(n)
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


@memoize
def area(width, /, height=1, *extras, unit="m"):
    calls.append((width, height, extras, unit))
    if width < 0:
        raise ValueError("a negative width")
    width *= height
    return f"{width + sum(extras)} {unit}"


@memoize
def answer() -> int:
    """Takes its time."""
    calls.append("answer")


def counter(start):
    @memoize
    def add(n):
        calls.append((start, n))
        return start + n
    return add


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except (TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


print(fib(30), fib(n=30), len(calls))
calls.clear()
print(area(2), area(2, 1), area(2, height=1), area(2, unit="m"), calls)
print(area(2, 1, 3), area(2, 1, 3, unit="km"), len(calls))
print(attempt(area, -1), attempt(area, -1), len(calls))
print(answer(), answer(), calls[-1])
one, two = counter(1), counter(2)
print(one(5), two(5), one(5), calls[-2:])
print(attempt(fib), attempt(fib, [1]), attempt(area, 1, depth=2), sep="\n")
for function in fib, area, answer, one:
    print(function.__qualname__, function.__doc__, inspect.signature(function))
