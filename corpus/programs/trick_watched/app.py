"""Classes all of whose methods are watched."""
import inspect

from watch import calls, watched


@watched
class Stack:
    """A pile of things."""

    limit = 2

    def __init__(self, *items):
        """Begins with some items."""
        self.items = list(items)

    def push(self, item, *, quietly=False):
        """Puts an item on top."""
        if len(self) >= self.limit:
            raise OverflowError("full")
        self.items.append(item)
        return self

    def __len__(self):
        return len(self.items)

    def clear(self):
        """Forgets everything."""

    @property
    def top(self):
        """The item on top."""
        return self.items[-1]

    @staticmethod
    def kind():
        return "stack"

    @classmethod
    def of(cls, text):
        return cls(*text)


@watched
class Deep(Stack):
    def push(self, item):
        """Puts a pair on top."""
        return super().push((item, item))


stack = Stack(1)
try:
    stack.push(2).push(3)
except OverflowError as error:
    print(type(error).__name__, error)
print(stack.top, stack.clear(), Stack.kind(), Stack.of("a").items)
deep = Deep()
print(deep.push(5) is deep, deep.items)
print("\n".join(calls))
for method in Stack.__init__, Stack.push, Stack.clear, Deep.push, Stack.kind:
    print(method.__qualname__, method.__doc__, inspect.signature(method))
print(Stack.__doc__, Stack.limit, list(vars(Deep)))
