# `embed(path)` reads a file at compile time, from the folder of the module that says so.
from cython.meta import comptime, embed, macro, unroll

from tables.colours import name_of, shades


@comptime
def rows(path):
    return [line.split(",") for line in embed(path).splitlines()]


@macro
def column(path, index):
    return [int(row[index]) for row in rows(path)]


TEXT = comptime(embed("tables/words.txt"))
BYTES = comptime(embed("tables/words.txt", binary=True))
LICENCE = comptime(embed("./tables/../licence.txt").strip())

print(TEXT, BYTES, LICENCE)
print(column("tables/numbers.csv", 1), sum(column("tables/numbers.csv", 0)))
print(name_of(2), shades(), comptime(len(embed("licence.txt"))))
for word in unroll(embed("tables/words.txt").split()):
    print(word.upper())
