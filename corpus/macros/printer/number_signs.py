# A `#` in a string begins no comment, so what follows a call on its line counts for the width.
from cython.meta import macro


@macro
def joined(a, b, c):
    return a.some_attribute(b.other_attribute, c.yet_another) + b


def f(first, second, third):
    print(joined(first, second, third), "# this is no comment, and takes room on the line")
    print(joined(first, second, third), "short")  # this is one, and takes none
    return joined(first, second, third), "#", "what follows the call on its line is long"
