# What another process or another Python computes otherwise is left for run time.
from cython.meta import macro


@macro
def keys(names, weights):
    return [hash(name) for name in names], hash(7), hash(True), sum(weights), sum([0.5, 0.25]), sum([1, 2])


found = keys(("a", ("b", 1)), (0.1, 0.2, 0.3))
print(found[0] == [hash("a"), hash(("b", 1))], found[1:3], found[3] == sum([0.1, 0.2, 0.3]), found[4:])
