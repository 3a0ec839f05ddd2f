"""Classes that are known by their fields. All methods are written when the program is expanded."""
from typing import ClassVar

from cython.meta import (
    ANNASSIGN, CALL, DEF, DICT, EQ, GE, GT, INDEX, LE, LIST, LT, PARAM, SET, VAR,
    codenode, comptime, error, macro, quote, uneval, unroll,
)

ORDER = comptime({"__lt__": LT, "__le__": LE, "__gt__": GT, "__ge__": GE})


class FrozenInstanceError(AttributeError):
    """A field of a frozen record can't be changed."""


class Fresh:
    def __repr__(self):
        return "<factory>"


FRESH = Fresh()


@macro
def fresh(factory):
    """As the default of a field: what `factory()` gives, for each record anew."""
    error("fresh(…) is the default of a field of a @record, and nothing else")


@macro
def record(cls, order=False, frozen=False):
    """Makes the annotated names in the class's body the fields of a record."""
    c = uneval(cls)
    fields = [s for s in c.body if is_field(s)]
    names = [s.target.name for s in fields]
    slots = layout(names)
    methods = [initialiser(fields, frozen), representation(names)]
    for name, op in {"__eq__": EQ, **(ORDER if order else {})}.items():
        methods.append(comparison(name, op, names))
    if frozen:
        methods += [hashing(names), *protection(names)]
    for s in fields:
        s.value = None
    defined = {s.name for s in c.body if s.op == DEF}
    c.body = [slots, *c.body, *[m for m in methods if m.name not in defined]]
    return c


@comptime
def is_field(s):
    if s.op != ANNASSIGN:
        return False
    kind = s.annotation
    return not (kind.op == INDEX and kind.object == uneval(ClassVar))


@comptime
def layout(names):
    with quote as slots:
        __slots__ = (*names,)
        __match_args__ = (*names,)
    return slots


@comptime
def initialiser(fields, frozen):
    parameters, values = [], {}
    for s in fields:
        name, default = s.target.name, s.value
        value = codenode(VAR, name=name)
        if default is None:
            if parameters and parameters[-1].default:
                error(s, f"{name} has no default, but the field before it has one")
        elif default.op in (LIST, DICT, SET):
            error(default, f"all records would share this object: write fresh({str(default.op).lower()})")
        elif default.op == CALL and default.callee.name == "fresh":
            factory, default = default.arguments[0], uneval(FRESH)
            value = uneval(factory() if value is FRESH else value)
        parameters.append(
            codenode(PARAM, name=name, annotation=s.annotation, default=default))
        values[name] = value
    with quote as init:
        def __init__(self) -> None:
            for name, value in unroll(values.items()):
                if comptime(frozen):
                    object.__setattr__(self, name, value)
                else:
                    setattr(self, name, value)
    init.parameters += parameters
    return init


@comptime
def representation(names):
    me = codenode(VAR, name="self")
    text = uneval(f"{type(me).__qualname__}(")
    separator = ""
    for name in names:
        text = uneval(f"{text}{separator}{name}={getattr(me, name)!r}")
        separator = ", "
    with quote as method:
        def __repr__(self):
            return f"{text})"
    return method


@comptime
def comparison(name, op, names):
    with quote as method:
        def name(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return (
                (*unroll(getattr(self, n) for n in names),)
                == (*unroll(getattr(other, n) for n in names),)
            )
    method.body[-1].value.op = op
    return method


@comptime
def hashing(names):
    with quote as method:
        def __hash__(self):
            return hash((*unroll(getattr(self, n) for n in names),))
    return method


@comptime
def protection(names):
    with quote as methods:
        def __setattr__(self, name, value):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name):
            raise FrozenInstanceError(f"cannot delete field {name!r}")

        def __reduce__(self):
            return self.__class__, (*unroll(getattr(self, n) for n in names),)
    return methods.statements
