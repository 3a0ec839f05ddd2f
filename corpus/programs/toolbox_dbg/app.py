"""Looks into a computation without taking it apart."""
from debugging import dbg


def factorial(n):
    if dbg(n <= 1):
        return 1
    return dbg(n * factorial(n - 1))


def mean(numbers):
    total = sum(dbg(x) for x in numbers if x)
    return total / dbg(len(numbers))


print(factorial(3))
print(f"{mean([1, 0, 3]):.2f}")
while dbg(items := []):
    break
print(dbg("a" "b"), items)
