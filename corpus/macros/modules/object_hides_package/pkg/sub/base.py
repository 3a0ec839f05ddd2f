from cython.meta import macro

print("base")
count = 1


def tick():
    global count
    count += 1


class Tool:
    pass


@macro
def add(x):
    return x + count
