from cython.meta import macro


@macro
def add(x):
    return ("macro", x)


class Registry:
    def add(self, x):
        return ("method", x)
