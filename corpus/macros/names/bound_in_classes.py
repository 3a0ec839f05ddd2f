# In a class a name is the module's until the class has bound it.
from uneval.meta import macro, unroll


@macro
def size(n):
    return n * 2


@unroll
def label(x):
    return "label", x


class Named:
    early = size(1), label(1)
    size = size(3)
    label = label(3)
    late = size + 1
    del size
    again = size(4)

    class Inner:
        if True:
            label = label(5)
        values = [label]

    def sized(self):
        return size(6), label(6)


def outer(size):
    class Local:
        kept = size
        label = label(size)

    return Local


print(Named.early, Named.label, Named.late, Named.again, Named.Inner.values, Named().sized())
print(outer(7).kept, outer(7).label)
