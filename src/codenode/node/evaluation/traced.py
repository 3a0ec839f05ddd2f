# Runs code whose operands are calls of `t`, and tells in which order they come, and which methods
# of the operands are called meanwhile.
import sys


class Operand:
    def __init__(self, truth):
        self.__dict__["truth"] = truth

    def __call__(self, *args, **kwargs):
        note("!call")
        return args[0] if args else self

    def __getattr__(self, name):
        note("!" + name)
        return self

    def __setattr__(self, name, value):
        note("!" + name)

    def __delattr__(self, name):
        note("!" + name)

    def __iter__(self):
        note("!iter")
        return iter((self, self))

    def keys(self):
        note("!keys")
        return ("key",)

    def __bool__(self):
        note("!bool")
        return self.truth

    def __hash__(self):
        note("!hash")
        return 1

    def __format__(self, spec):
        note("!format")
        return ""

    def __index__(self):
        note("!index")
        return 1

    def __enter__(self):
        note("!enter")
        return self

    def __exit__(self, *exception):
        note("!exit")
        return True

    def __mro_entries__(self, bases):
        note("!mro")
        return ()

    def __await__(self):
        note("!await")
        return iter(())


def operator(name):
    def method(self, *others):
        note("!" + name)
        return self

    return method


for name in (
    "add sub mul truediv floordiv mod matmul pow lshift rshift or xor and neg pos invert "
    "lt le gt ge eq ne contains getitem setitem delitem iadd"
).split():
    setattr(Operand, f"__{name}__", operator(name))


def note(word):
    trace.append(word)


def run(code, truth):
    global trace
    trace = []

    def t(number):
        note(str(number))
        return Operand(truth)

    try:
        exec(compile(code, "<form>", "exec"), {"t": t, "x": Operand(truth)})
    except Exception as error:
        note("raised:" + type(error).__name__)
    print(" ".join(trace))


for code in sys.stdin.read().split("\n---\n"):
    run(code, True)
    run(code, False)
