from cython.meta import macro


@macro
def run(x):
    return ("macro", x)


class T:
    def run(self, x):
        return ("method", x)


tool = T()
