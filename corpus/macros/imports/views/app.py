"""Of a module with compile-time names, compile-time code sees those and the plain rest."""
from cython.meta import comptime


@comptime
def seen():
    import tables

    return tables.LIMIT, tables.squares(4), tables.PLAIN, tables.plain(tables.LIMIT), tables.words()


@comptime
def by_name():
    from tables import LIMIT, plain, squares as make

    return plain(LIMIT), make(2)


@comptime
def through_another():
    from user import total

    return total()


print(comptime(seen()))
print(comptime(by_name()))
print(comptime(through_another()))
