# What can't be embedded.
from cython.meta import comptime, embed, macro


@macro
def table(path):
    return embed(path)


def f(name):
    print(comptime(embed("missing.txt")))
    print(table("tables/missing.txt"))
    print(comptime(embed("../../../../../Cargo.toml")), table("/etc/passwd"))
    print(comptime(embed("tables/latin1.txt")), comptime(embed("tables")))
    print(comptime(embed(1)), comptime(embed("tables/latin1.txt", "rb")))
    print(table(name))
    return embed("tables/latin1.txt")
