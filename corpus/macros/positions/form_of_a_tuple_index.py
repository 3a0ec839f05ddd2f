# A slice in a tuple of indices, where no statement can stand.
from cython.meta import macro


@macro
def put(table, value):
    table[1:, 2] = value
    del table[1:2, 2]
    return value


class Table:
    def __setitem__(self, index, value):
        print("set", index, value)

    def __delitem__(self, index):
        print("del", index)


print([put(Table(), n) for n in range(2)])
