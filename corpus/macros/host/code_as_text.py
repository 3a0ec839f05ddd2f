"""Comptime code is real Python: it makes code and runs it; a macro leaves that to the program."""
from cython.meta import comptime, macro


@comptime
def defined():
    variables = {}
    exec("y = 5\ndef f(x): return x + y", variables)
    return variables["y"], variables["f"](3)


@comptime
def evaluated(text):
    return eval(text, {"n": 3}), eval(compile("2 + 2", "<sum>", "eval"))


@comptime
def imported():
    return __import__("json").dumps([1, 2])


@macro
def left(text):
    return eval(text, {"n": 4})


print(comptime(defined()), comptime(evaluated("n * n")), comptime(imported()))
print(left("n * n"), comptime(eval("1 + 1")))
