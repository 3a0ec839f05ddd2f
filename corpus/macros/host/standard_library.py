# Every pure module of the standard library that macros are promised, at work.
from cython.meta import macro


@macro
def used(name):
    if name == "re":
        import re
        return re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.findall("[a-z]", "a1b2")
    if name == "math":
        import math
        return math.floor(math.pi * 100), math.gcd(12, 18), math.inf
    if name == "json":
        import json
        return json.dumps({"a": [1, None, True]}), json.loads('{"b": 2.5}')
    if name == "dataclasses":
        from dataclasses import asdict, dataclass, field

        @dataclass(frozen=True, order=True)
        class Point:
            x: int
            y: int = 2
            tags: list = field(default_factory=list, compare=False)

        return repr(Point(1)), asdict(Point(3, 4)), Point(1) < Point(2)
    if name == "enum":
        from enum import Enum, Flag, auto

        class Colour(Enum):
            RED = auto()
            BLUE = auto()

        class Mode(Flag):
            READ = 1
            WRITE = 2

        return [colour.name for colour in Colour], str(Mode.READ | Mode.WRITE)
    if name == "itertools":
        import itertools
        return list(itertools.chain([1], itertools.islice(itertools.count(5), 2))), \
            ["".join(p) for p in itertools.permutations("ab")]
    if name == "functools":
        from functools import cache, partial, reduce

        @cache
        def fibonacci(n):
            return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

        return reduce(lambda a, b: a * b, [1, 2, 3]), partial(pow, 2)(5), fibonacci(60)
    if name == "collections":
        from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
        pairs = defaultdict(list)
        pairs["a"].append(1)
        return (Counter("hello").most_common(1), dict(pairs), list(deque([1, 2, 3], 2)),
                repr(namedtuple("P", "x y")(1, 2)), list(OrderedDict(b=1)))
    if name == "typing":
        from typing import NamedTuple, Optional, get_args

        class Row(NamedTuple):
            key: str
            count: int = 0

        return repr(Row("k")), [arg.__name__ for arg in get_args(Optional[int])]
    if name == "string":
        import string
        return string.ascii_lowercase, string.Template("$a and $b").substitute(a=1, b=2)
    if name == "textwrap":
        import textwrap
        return textwrap.dedent("  a\n    b\n"), textwrap.wrap("one two three", 8)
    if name == "operator":
        import operator
        return operator.add(1, 2), operator.itemgetter(1)("abc"), operator.attrgetter("real")(4)
    if name == "abc":
        from abc import ABC, abstractmethod

        class Shape(ABC):
            @abstractmethod
            def area(self):
                ...

        try:
            Shape()
        except TypeError as error:
            return type(error).__name__
    if name == "contextlib":
        from contextlib import contextmanager, suppress
        log = []

        @contextmanager
        def logged(word):
            log.append(f"in {word}")
            yield word
            log.append(f"out {word}")

        with logged("a") as word, suppress(ZeroDivisionError):
            log.append(word)
            log.append(1 // 0)
        return log
    if name == "copy":
        import copy
        inner = [1]
        both = [inner, inner]
        again = copy.deepcopy(both)
        again[0].append(2)
        return repr(both), repr(again), copy.copy(inner)
    if name == "fractions":
        from fractions import Fraction
        return str(Fraction(1, 3) + Fraction("1/6")), Fraction(0.75).denominator
    if name == "decimal":
        from decimal import Decimal, getcontext
        getcontext().prec = 30
        return str(Decimal(1) / 7), str(Decimal("0.1") + Decimal("0.2"))
    if name == "datetime":
        from datetime import date, datetime, timedelta
        day = date(2024, 2, 28) + timedelta(days=2)
        return day.isoformat(), day.strftime("%A"), datetime(2000, 1, 1, 12).isoformat()
    if name == "statistics":
        import statistics
        return statistics.mean([1, 2, 3, 4]), statistics.median([3, 1, 2]), \
            round(statistics.stdev([1, 2, 3, 4]), 6)
    if name == "heapq":
        import heapq
        heap = [5, 1, 4]
        heapq.heapify(heap)
        return heapq.heappop(heap), heapq.nsmallest(2, [3, 1, 2])
    if name == "bisect":
        import bisect
        return bisect.bisect([1, 3, 5], 3), bisect.bisect_left([1, 3, 5], 3)


ALL = [
    used("re"), used("math"), used("json"), used("dataclasses"), used("enum"),
    used("itertools"), used("functools"), used("collections"), used("typing"), used("string"),
    used("textwrap"), used("operator"), used("abc"), used("contextlib"), used("copy"),
    used("fractions"), used("decimal"), used("datetime"), used("statistics"), used("heapq"),
    used("bisect"),
]

for line in ALL:
    print(line)
