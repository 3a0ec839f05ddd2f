from cython.meta import macro
# The mark stays even if the first line goes.


@macro
def one():
    return 1


print(one())
