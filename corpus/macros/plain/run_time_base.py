# A class with a base that only the program has.
from uneval.meta import macro


class Base:
    tag = "base"


@macro
def derived(x):
    class Derived(Base):
        field = x

        def show(self):
            return self.field, super().tag

    return Derived


y = 3
print(derived(y)().show(), issubclass(derived(4), Base))
