"""A subscript of a class calls it."""
from uneval.meta import macro


class Table:
    def __class_getitem__(cls, key):
        print("indexed", key)
        return cls


ROWS: Table["rows"] = None


@macro
def twelve(x):
    return x + 12
