# Comments inside the parentheses of a call move before the statement.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


def f(a, b):
    first = twice(  # one
        # two
        a  # three
        + b
        # four
    )  # five
    if twice(a):  # six
        return [
            1,  # seven
            twice(a  # eight
                  ),
        ]
    elif twice(b  # nine
               ):
        return twice(
            "# no comment"  # ten
        )
    for i in twice(  # eleven
        a
    ):
        pass
    else: pass
    x = 1; y = twice(a  # twelve
                     ); z = 2
    return first


@print
@twice(  # thirteen
    1
).__add__
class C:
    x = twice(  # fourteen
        1)
