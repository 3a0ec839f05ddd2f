# An exception is the macro's own whatever it says; what native code says of a run-time value is not.
from cython.meta import macro


@macro
def positive(n):
    if n < 0:
        raise ValueError(f"no runtime_value of n is {n}")
    return n


@macro
def shifted(n, text):
    try:
        return n + int(text)
    except ValueError as error:
        raise TypeError(f"runtime_value: {error}") from None


print(positive(3), shifted(1, "2"))
print(positive(-3))
print(shifted(1, "x"))
