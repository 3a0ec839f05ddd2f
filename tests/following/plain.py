def same(x):
    return x


def inside(x):
    return (x,)


redo = redo_branches = value = same
