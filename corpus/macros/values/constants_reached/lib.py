from uneval.meta import comptime, macro

SIZES = comptime([1, 2])
ROWS = comptime([[1], [2]])
BY_NAME = comptime({"a": [1]})
CODE = comptime([4])


@macro
def lengths():
    return sum(SIZES), len(ROWS[0]), len(BY_NAME["a"]), len(CODE)
