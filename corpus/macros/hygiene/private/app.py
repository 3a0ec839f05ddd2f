# A class mangles private names: those of the macro must not be, those of the class must be.
from lib import bump, make, number, scaled, secret, version, words

__version__ = "1.0"
getattr_ = getattr


class C:
    __own = 5
    attribute = scaled(4)

    def __init__(self):
        self.__mine = 7

    def f(self):
        bump()
        return scaled(self.__mine), number(), secret(make()), words(self.__mine), version()

    def shadowing(self, getattr):
        return secret(getattr)


print(C.attribute, C().f(), C().shadowing(make()), __version__)
print(secret(make()), words(1), number())
