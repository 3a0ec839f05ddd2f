from uneval.meta import macro

K = 4


def bump():
    global K
    K += 1


@macro
def m(x):
    return x + K
