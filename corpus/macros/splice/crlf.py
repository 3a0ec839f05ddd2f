# Lines end as they did, inserted ones too.
from cython.meta import macro, uneval


@macro
def twice(x):  # uneval: ignore[W0310]
    return uneval(x + x)


def f(first_argument, second_argument, third_argument):
    return twice(  # kept
        first_argument(second_argument, third_argument) + second_argument(first_argument)
    )
