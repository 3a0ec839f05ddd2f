"""Compile-time code uses the program's plain modules; the program uses them as well."""
import helper
from uneval.meta import comptime, macro
from helper import scaled as larger
from shop.prices import price


@comptime
def doubled():
    import helper

    return helper.scaled(helper.FACTOR)


@comptime
def at_module_level():
    return helper.FACTOR, larger(5)


@macro
def in_macro(x):
    from shop.prices import TABLE

    return x * TABLE["tea"]


@macro
def with_dynamic(x):
    import helper

    return helper.scaled(x)


@macro
def missing(x):
    from helper import is_missing

    return is_missing(x)


@comptime
def told():
    from helper import calls

    calls.append("told")
    return list(calls)


@comptime
def named():
    import shop.prices
    import helper as h

    return h.__name__, h.__file__, shop.prices.__name__, shop.prices.__file__, shop.__path__


def program(x):
    return missing(x), in_macro(x), with_dynamic(x), price("tea"), helper.FACTOR


print(comptime(doubled()), comptime(at_module_level()))
print(comptime(told()), comptime(told()), helper.calls)
print(comptime(named()))
print(program(7))
