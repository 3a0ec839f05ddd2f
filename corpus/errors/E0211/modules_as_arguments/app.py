# What functions of the file are passed is followed to what they read of it.
import units


def by_name(x, *, lib):
    return lib.double(x)


def by_place(lib, x):
    return by_name(x, lib=lib)


def of_each(libs, x):
    return [lib.half(x) for lib in libs]


print(by_place(units, 1), of_each([units], 3))
