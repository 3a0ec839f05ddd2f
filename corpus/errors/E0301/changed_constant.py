from uneval.meta import comptime, macro

SIZES = comptime([1, 2])


@macro
def largest():
    best = 0
    for size in SIZES:
        if size > best:
            best = size
    return best


SIZES.append(3)
print(largest())
