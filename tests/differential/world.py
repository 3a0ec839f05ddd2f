"""What generated programs are made of: nothing can be done to it without a trace in the output."""

import re
import zlib

FUEL = 400


class Exhausted(BaseException):
    """A unit has printed enough."""


fuel = FUEL
printed = ()
log = []


def reset():
    global printed
    refuel()
    printed = ()
    log.clear()


def refuel():
    global fuel
    fuel = FUEL


def out(*words):
    global fuel, printed
    fuel -= 1
    if fuel < 0:
        raise Exhausted
    printed = words
    print(*words)


def show(value):
    """A text for any value that doesn't touch it."""
    kind = type(value)
    if kind is T:
        return value._name
    if kind in (list, tuple, set, frozenset):
        brackets = {list: "[]", tuple: "()"}.get(kind, "{}")
        items = [show(item) for item in list(value)[:20]]
        if kind in (set, frozenset):
            items.sort()
        return brackets[0] + ", ".join(items) + brackets[1]
    if kind is dict:
        items = [f"{show(k)}: {show(v)}" for k, v in list(value.items())[:20]]
        return "{" + ", ".join(items) + "}"
    if kind is slice:
        return f"{show(value.start)}:{show(value.stop)}:{show(value.step)}"
    if kind in (int, float, complex, str, bytes, bool, type(None), type(...), range):
        return repr(value)[:200]
    if isinstance(value, BaseException):
        return f"{kind.__name__}({message(value)})"
    return f"<{kind.__name__}>"


def ending(error):
    """The name of an exception's class; a global may become an attribute of its module."""
    text = str(error.args[0]) if error.args and type(error.args[0]) is str else ""
    if isinstance(error, NameError) or text.startswith("module '"):
        return "NameError"
    return type(error).__name__


def message(error):
    """The text of an exception, without what only frames and addresses would tell apart."""
    # Where a recursion without end is noticed depends on the depth at which it began.
    if ending(error) in ("NameError", "RecursionError"):
        return "…"
    # Known values are augmented without an assignment; that shows in this text only.
    text = re.sub(r"(for \S+)=:", r"\1:", ", ".join(show(arg) for arg in error.args))
    return re.sub(r"0x[0-9a-f]+", "0x…", re.sub(r"[\w.<>]+\(\)", "f()", text))


def short(name):
    if len(name) <= 28:
        return name
    return f"{name[:18]}~{zlib.crc32(name.encode()) & 0xFFFF:04x}"


class T:
    """A value whose every use is printed."""

    __slots__ = ("_name",)

    def __init__(self, name):
        object.__setattr__(self, "_name", short(name if type(name) is str else show(name)))

    def _digest(self):
        return zlib.crc32(self._name.encode())

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        out("get", show(self), name)
        if name == "gone":
            raise AttributeError(f"{show(self)} has no gone")
        return T(f"{show(self)}.{name}")

    def __setattr__(self, name, value):
        out("set", show(self), name, show(value))

    def __delattr__(self, name):
        out("del", show(self), name)

    def __getitem__(self, key):
        out("item", show(self), show(key))
        return T(f"{show(self)}[{show(key)}]")

    def __setitem__(self, key, value):
        out("set item", show(self), show(key), show(value))

    def __delitem__(self, key):
        out("del item", show(self), show(key))

    def __contains__(self, value):
        out("contains", show(self), show(value))
        return len(show(value)) % 2 == 0

    def __call__(self, *args, **kwargs):
        out("call", show(self), show(args), show(kwargs))
        return T(f"{show(self)}{show(args)}")

    def __bool__(self):
        # Asked at once again, it is another test of the same value: Python merges these in its own code.
        if printed != ("bool", show(self)):
            out("bool", show(self))
        return self._digest() % 2 == 0

    def __len__(self):
        out("len", show(self))
        return 2

    def __iter__(self):
        out("iter", show(self))
        return self._items()

    def _items(self):
        for i in range(2):
            out("next", show(self), i)
            yield T(f"{show(self)}#{i}")
        out("end", show(self))

    def __index__(self):
        out("index", show(self))
        return self._digest() % 3

    def __hash__(self):
        out("hash", show(self))
        return self._digest()

    def __repr__(self):
        out("repr", show(self))
        return f"r<{show(self)}>"

    def __str__(self):
        out("str", show(self))
        return f"s<{show(self)}>"

    def __format__(self, spec):
        out("format", show(self), repr(spec))
        return f"f<{show(self)}>"

    def __abs__(self):
        out("abs", show(self))
        return T(f"abs {show(self)}")

    def keys(self):
        out("keys", show(self))
        return ["k"]

    def __enter__(self):
        out("enter", show(self))
        return T(f"{show(self)}:in")

    def __exit__(self, kind, error, trace):
        out("exit", show(self), kind and kind.__name__)
        return self._digest() % 4 == 0

    async def __aenter__(self):
        out("aenter", show(self))
        return T(f"{show(self)}:in")

    async def __aexit__(self, kind, error, trace):
        out("aexit", show(self), kind and kind.__name__)

    def __await__(self):
        out("await", show(self))
        yield self._name
        return T(f"await {show(self)}")

    async def __aiter__(self):
        out("aiter", show(self))
        yield T(f"{show(self)}#a")
        out("anext", show(self))
        yield T(f"{show(self)}#b")

    def __mro_entries__(self, bases):
        out("base", show(self))
        return ()


def _binary(name, sign):
    def forward(self, other):
        out(sign, show(self), show(other))
        return T(f"({show(self)}{sign}{show(other)})")

    def backward(self, other):
        out(sign, "right", show(other), show(self))
        return T(f"({show(other)}{sign}{show(self)})")

    def in_place(self, other):
        out(sign + "=", show(self), show(other))
        return T(f"({show(self)}{sign}={show(other)})")

    setattr(T, f"__{name}__", forward)
    setattr(T, f"__r{name}__", backward)
    setattr(T, f"__i{name}__", in_place)


def _comparison(name, sign):
    def compare(self, other):
        out(sign, show(self), show(other))
        return T(f"({show(self)}{sign}{show(other)})")

    setattr(T, f"__{name}__", compare)


def _unary(name, sign):
    def apply(self):
        out(sign, show(self))
        return T(f"{sign}{show(self)}")

    setattr(T, f"__{name}__", apply)


for _name, _sign in {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%",
    "matmul": "@", "pow": "**", "lshift": "<<", "rshift": ">>", "and": "&", "or": "|", "xor": "^",
}.items():
    _binary(_name, _sign)
for _name, _sign in {
    "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!=",
}.items():
    _comparison(_name, _sign)
for _name, _sign in {"neg": "-", "pos": "+", "invert": "~"}.items():
    _unary(_name, _sign)


def tick(n=0):
    """A number, said when it is computed."""
    out("tick", show(n))
    return n


def say(word, *rest):
    out("say", show(word), show(rest))
    return word


def boom(word="boom"):
    out("boom", show(word))
    raise ValueError(show(word))


def pair(a=1, b=2, *rest, **more):
    out("pair", show(a), show(b), show(rest), show(more))
    return T(f"<{show(a)},{show(b)}>")


def push(value):
    out("push", show(value))
    log.append(value)
    return log


def kind(value=None):
    """A class for `except`."""
    out("kind", show(value))
    return ValueError


def keep(value=None):
    """A decorator that changes nothing."""
    out("keep", show(value))
    return lambda thing: (out("kept", show(value)), thing)[1]


def drive(coroutine):
    """Runs a coroutine, and says where it paused."""
    while True:
        try:
            pause = coroutine.send(None)
        except StopIteration as stop:
            return stop.value
        out("paused", show(pause))


def spin(generator):
    """Runs a generator to its end, sending numbers."""
    sent, items = None, []
    try:
        while len(items) < 20:
            item = generator.send(sent)
            out("yielded", show(item))
            items.append(item)
            sent = len(items)
    except StopIteration as stop:
        return items, stop.value
    finally:
        generator.close()


async def gather(generator):
    return [item async for item in generator]


def call(function, *args):
    """Runs a unit of the program, and says how it ended."""
    refuel()
    try:
        result = function(*args)
        name = type(result).__name__
        if name == "coroutine":
            result = drive(result)
        elif name == "generator":
            result = spin(result)
        elif name == "async_generator":
            result = drive(gather(result))
        out("returned", show(result))
    except Exhausted:
        print("exhausted")
    except Exception as error:
        print("raised", ending(error), message(error))
    refuel()
