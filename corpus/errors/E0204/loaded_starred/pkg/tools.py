from uneval.meta import macro

NAME = "tools"


@macro
def m(x):
    return ("pkg", x)
