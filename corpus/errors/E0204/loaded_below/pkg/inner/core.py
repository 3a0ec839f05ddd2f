from cython.meta import macro


class shape:
    @staticmethod
    def area(x):
        return ("core", x)
