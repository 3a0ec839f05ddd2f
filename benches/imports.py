"""How long programs take to be imported whose classes and functions were made by macros, beside
those that make them at run time.

    python3 benches/imports.py [path of uneval]

100 classes are made by `@record` of corpus/programs/trick_record: expanded, by `dataclasses`, and
by a decorator that defines the same methods as closures. 300 functions are put into a table by
`registry()` of corpus/programs/trick_registry: expanded, and by its run-time decorators. Each module
is imported from its .pyc in an interpreter of its own, in turn; the medians are told. "Cold" has the
imports of `typing` and `dataclasses` in it, as far as the module needs them, "warm" hasn't.
"""
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAMS = ROOT / "corpus/programs"
UNEVAL = sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/release/uneval"
ROUNDS = 41

TIMED = """
import sys, time
sys.path.insert(0, sys.argv[1])
for name in sys.argv[3:]:
    __import__(name)
start = time.perf_counter()
__import__(sys.argv[2])
print(time.perf_counter() - start)
"""

CLOSURES = '''
def fresh(factory):
    return Fresh(factory)


class Fresh:
    def __init__(self, factory):
        self.factory = factory


def record(cls=None, /, order=False, frozen=False):
    if cls is None:
        return lambda cls: record(cls, order, frozen)
    names = tuple(n for n, kind in cls.__annotations__.items() if "ClassVar" not in str(kind))
    defaults = {n: cls.__dict__[n] for n in names if n in cls.__dict__}
    space = {n: v for n, v in vars(cls).items() if n not in (*defaults, "__dict__", "__weakref__")}

    def values(self):
        return tuple([getattr(self, n) for n in names])

    def __init__(self, *args, **kwargs):
        given = dict(zip(names, args), **kwargs)
        for n in names:
            value = given.pop(n) if n in given else defaults[n]
            object.__setattr__(self, n, value.factory() if isinstance(value, Fresh) else value)

    def __repr__(self):
        shown = [f"{n}={getattr(self, n)!r}" for n in names]
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __eq__(self, other):
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    methods = [__init__, __repr__, __eq__]
    if order:
        def __lt__(self, other):
            return values(self) < values(other) if type(other) is type(self) else NotImplemented

        def __le__(self, other):
            return values(self) <= values(other) if type(other) is type(self) else NotImplemented

        def __gt__(self, other):
            return values(self) > values(other) if type(other) is type(self) else NotImplemented

        def __ge__(self, other):
            return values(self) >= values(other) if type(other) is type(self) else NotImplemented
        methods += [__lt__, __le__, __gt__, __ge__]
    if frozen:
        def __hash__(self):
            return hash(values(self))

        def __setattr__(self, name, value):
            raise AttributeError(f"cannot assign to field {name!r}")

        def __delattr__(self, name):
            raise AttributeError(f"cannot delete field {name!r}")
        methods += [__hash__, __setattr__, __delattr__]
    for method in methods:
        space.setdefault(method.__name__, method)
    space["__slots__"] = space["__match_args__"] = names
    return type(cls)(cls.__name__, cls.__bases__, space)
'''


def records(count):
    """A module of that many records: the four of the program, under other names."""
    app = (PROGRAMS / "trick_record/app.py").read_text()
    classes = re.search(r"\n@record\nclass Point.*?(?=\n\ndef attempt)", app, re.S).group()
    lines = ["from typing import ClassVar", "from records import fresh, record", "ORIGIN = 0.0"]
    for number in range(count // 4):
        lines.append(re.sub(r"(?m)^class (\w+)", rf"class \g<1>{number}", classes))
    return "\n".join(lines)


def functions(count):
    """A module with a table of that many functions."""
    lines = ["from registries import registry", "", "with registry() as loaders:"]
    for number in range(count):
        lines += [f'    @loaders.add("{number}")', f"    def load_{number}(text):",
                  f'        """Loads the format {number}."""', f"        return text, {number}", ""]
    return "\n".join(lines)


def folder(scratch, name, library, module, app, runtime=None):
    """A folder with the module, and the library that it imports, both compiled."""
    place = scratch / name
    place.mkdir()
    (place / "app.py").write_text(app)
    source = PROGRAMS / library / f"{module}.py"
    if runtime is None:
        (place / f"{module}.py").write_text(source.read_text())
        for file in ("app", module):
            command = [UNEVAL, "expand", place / f"{file}.py"]
            expanded = subprocess.run(command, capture_output=True, check=True)
            (place / f"{file}.new").write_bytes(expanded.stdout)
        for file in ("app", module):
            (place / f"{file}.new").rename(place / f"{file}.py")
    else:
        (place / f"{module}.py").write_text(runtime)
    subprocess.run([sys.executable, "-m", "compileall", "-q", place], check=True)
    return place


def measure(places, preloads):
    """The median import time of each, in milliseconds."""
    times = {name: [] for name in places}
    for _ in range(ROUNDS):
        for name, place in places.items():
            command = [sys.executable, "-S", "-c", TIMED, place, "app", *preloads]
            printed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
            times[name].append(float(printed) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def tell(title, places, libraries):
    cold = measure(places, [])
    warm = measure(places, libraries)
    print(title)
    base_cold, base_warm = cold["expanded"], warm["expanded"]
    for name in places:
        print(f"  {name:20} cold {cold[name]:8.2f} ms  {cold[name] / base_cold:5.1f} x"
              f"    warm {warm[name]:8.2f} ms  {warm[name] / base_warm:5.1f} x")


def main():
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        app = records(100)
        runtime = (PROGRAMS / "trick_record/runtime/records.py").read_text()
        tell("100 records", {
            "expanded": folder(scratch, "a", "trick_record", "records", app),
            "dataclasses": folder(scratch, "b", "trick_record", "records", app, runtime),
            "closures": folder(scratch, "c", "trick_record", "records", app, CLOSURES),
        }, ["dataclasses", "typing"])
        app = functions(300)
        runtime = (PROGRAMS / "trick_registry/runtime/registries.py").read_text()
        library = "trick_registry", "registries"
        tell("300 registered functions", {
            "expanded": folder(scratch, "d", *library, app),
            "run-time decorators": folder(scratch, "e", *library, app, runtime),
        }, [])


main()
