"""Functions that look at their arguments."""
import inspect
from typing import Any

from checking import checked


@checked
def repeat(text: str, times: int = 1, *rest: str, sep: str | None = None, extra: Any = 0) -> str:
    """Repeats a text."""
    return (sep or "").join([text] * times + [*rest])


class Account:
    def __init__(self, owner):
        self.owner = owner

    @checked
    def pay(self, /, other: object, amount: int | float, **notes: str) -> None:
        if amount < 0:
            raise ValueError("a negative amount")
        return f"{self.owner} pays {other.owner} {amount} {notes}"

    @staticmethod
    @checked
    async def count(self: list, isinstance: bool = True):
        return len(self)


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except (TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


ada, bob = Account("Ada"), Account("Bob")
print(repeat("ab"), repeat("a", 2, "b", sep="-"), repeat("a", extra=None))
print(attempt(repeat, 1), attempt(repeat, "a", "b"), attempt(repeat, "a", sep=0), sep="\n")
print(attempt(repeat, "a", 1, "b", 2), attempt(repeat), attempt(repeat, "a", True), sep="\n")
print(ada.pay(bob, 3), ada.pay(bob, 1.5, why="rent"), sep="\n")
print(attempt(ada.pay, bob, "3"), attempt(ada.pay, bob, -1), attempt(ada.pay, bob, 1, why=2), sep="\n")


def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    except TypeError as error:
        return f"TypeError: {error}"


print(drive(Account.count([1])), drive(ada.count("x")))
for function in repeat, Account.pay, Account.count:
    print(function.__qualname__, function.__doc__, inspect.signature(function))
