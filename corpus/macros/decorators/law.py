# A macro that doesn't uneval its first parameter is a plain decorator.
from cython.meta import macro

calls = []


@macro
def counted(function):
    calls.append(function.__name__)
    return function


def multiplied(n):
    return lambda function: lambda *args: function(*args) * n


@macro
def times(n):
    return multiplied(n + 0)


@macro
def replaced(function):
    return 42


def noted(function):
    calls.append("noted")
    return function


@counted
def one(): return 1


@times(2)
def two(): return 1


@noted
@counted
@noted
def three():
    return 3


@counted
@counted
def four():
    return 4


class Class:
    @counted
    def method(self):
        return 5

    @staticmethod
    @counted
    def static():
        return 6

    @replaced
    def number(self):
        return 7


@counted
class Other:
    pass


def outer():
    @counted
    def inner():
        return 8
    return inner


if calls:
    @counted
    async def later(): pass

@replaced
def last(): pass


print(one(), two(), three(), four(), Class().method(), Class.static(), Class.number)
print(Other.__name__, outer()(), last, calls)
