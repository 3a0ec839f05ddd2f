from cython.meta import macro


@macro
def tried(x):
    try:
        return x
    except E as e:
        return x
    finally:
        return x


tried(1)
