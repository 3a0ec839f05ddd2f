"""Comments that name what can't be ignored."""
from cython.meta import macro, uneval


@macro
def name_of(code):
    return str(uneval(code))


def title(rows):
    print(name_of(rows.pop()))  # uneval: ignore[W0390]
    print(name_of(rows.pop()))  # uneval: ignore[W0309, E0301,unused]
    print("# uneval: ignore[W9999]")
    return rows  # it is on purpose  # uneval: ignore [ w0309 , ]
