"""Functions with several definitions, of which a call picks one by its arguments' types."""
from inspect import signature


class overloads:
    """`with overloads() as overload:` — the functions of one name that are decorated with
    `@overload` in the block are one function, which takes the first definition that fits.
    """

    def __enter__(self):
        self.functions = {}
        return self.add

    def __exit__(self, *_):
        pass

    def add(self, fn):
        if fn.__name__ not in self.functions:
            self.functions[fn.__name__] = picking(fn)
        function, cases = self.functions[fn.__name__]
        kinds = [object if p.annotation is p.empty else p.annotation
                 for p in signature(fn).parameters.values()]
        cases.append((kinds, fn))
        function.__doc__ = function.__doc__ or fn.__doc__
        return function


def picking(first):
    cases = []

    def function(*args):
        for kinds, fn in cases:
            if len(kinds) == len(args) and all(map(isinstance, args, kinds)):
                return fn(*args)
        kinds = ", ".join(type(arg).__name__ for arg in args)
        raise TypeError(f"there is no {first.__name__}({kinds})")
    function.__name__, function.__qualname__ = first.__name__, first.__qualname__
    return function, cases
