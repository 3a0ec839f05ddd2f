from uneval.meta import macro


def area(x):
    return ("plain", x)


import scene


@macro
def area(x):
    return ("macro", x)
