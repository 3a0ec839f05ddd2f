"""A class has a hook for those derived from it."""
from uneval.meta import macro


class Base:
    def __init_subclass__(cls):
        print("derived", cls.__name__)


class Derived(Base):
    pass


@macro
def seven(x):
    return x + 7
