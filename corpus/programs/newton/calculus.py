"""Symbolic differentiation at compile time, with the rules that keep the results short."""
from cython.meta import macro, comptime, uneval, codenode, error, op
from cython.meta import VALUE, VAR, PLUS, MINUS, MULTIPLY, DIVIDE, EXP, NEG, POS, CALL, ATTR

ZERO = comptime(0)


@comptime
def number(value):
    """A constant as a tree."""
    return codenode(NEG, [codenode(VALUE, [-value])]) if value < 0 else codenode(VALUE, [value])


@comptime
def value_of(node):
    """The number that a tree is; None if it is none."""
    match node:
        case codenode(op=op.VALUE, args=[int() | float() as value]):
            return value
        case codenode(op=op.NEG, args=[inner]):
            value = value_of(inner)
            return None if value is None else -value
        case _:
            return None


@comptime
def add(a, b):
    x, y = value_of(a), value_of(b)
    if x is not None and y is not None:
        return number(x + y)
    if x == 0:
        return b
    if y == 0:
        return a
    if b.op == NEG:
        return subtract(a, b.args[0])
    if a == b:
        return multiply(number(2), a)
    return a + b


@comptime
def subtract(a, b):
    x, y = value_of(a), value_of(b)
    if x is not None and y is not None:
        return number(x - y)
    if x == 0:
        return negate(b)
    if y == 0:
        return a
    if b.op == NEG:
        return add(a, b.args[0])
    if a == b:
        return number(0)
    return a - b


@comptime
def multiply(a, b):
    x, y = value_of(a), value_of(b)
    if x is not None and y is not None:
        return number(x * y)
    if x == 0 or y == 0:
        return number(0)
    if x == 1:
        return b
    if y == 1:
        return a
    if x == -1:
        return negate(b)
    if y is not None:
        return multiply(b, a)
    if x is not None and b.op == MULTIPLY and value_of(b.args[0]) is not None:
        return multiply(number(x * value_of(b.args[0])), b.args[1])
    if a.op == NEG:
        return negate(multiply(a.args[0], b))
    if b.op == NEG:
        return negate(multiply(a, b.args[0]))
    return a * b


@comptime
def divide(a, b):
    if value_of(a) == 0:
        return number(0)
    if value_of(b) == 1:
        return a
    if a.op == NEG:
        return negate(divide(a.args[0], b))
    return a / b


@comptime
def power(base, exponent):
    n = value_of(exponent)
    if n == 0:
        return number(1)
    if n == 1:
        return base
    return base ** exponent


@comptime
def negate(a):
    x = value_of(a)
    if x is not None:
        return number(-x)
    return a.args[0] if a.op == NEG else -a


@comptime
def sibling(callee, name):
    """The function `name` from where `callee` comes from: `cos` beside `sin`, `m.cos` beside `m.sin`."""
    if callee.op == ATTR:
        return uneval(getattr(callee.object, name))
    return codenode(VAR, name=name)


@comptime
def outer_derivative(callee, name, x):
    """The derivative of a function of one argument at `x`."""
    match name:
        case "sin":
            return sibling(callee, "cos")(x)
        case "cos":
            return negate(sibling(callee, "sin")(x))
        case "tan":
            return add(number(1), power(callee(x), number(2)))
        case "exp":
            return callee(x)
        case "log":
            return divide(number(1), x)
        case "sqrt":
            return divide(number(1), multiply(number(2), callee(x)))
        case _:
            error(callee, f"the derivative of {name} isn't known")


@comptime
def differentiate(node, var):
    if node == var:
        return number(1)
    if var.name not in node.free_vars():
        return number(0)
    match node:
        case codenode(op=op.PLUS, args=[a, b]):
            return add(differentiate(a, var), differentiate(b, var))
        case codenode(op=op.MINUS, args=[a, b]):
            return subtract(differentiate(a, var), differentiate(b, var))
        case codenode(op=op.MULTIPLY, args=[a, b]):
            return add(multiply(differentiate(a, var), b), multiply(a, differentiate(b, var)))
        case codenode(op=op.DIVIDE, args=[a, b]):
            if var.name not in b.free_vars():
                return divide(differentiate(a, var), b)
            top = subtract(multiply(differentiate(a, var), b), multiply(a, differentiate(b, var)))
            return divide(top, power(b, number(2)))
        case codenode(op=op.EXP, args=[base, exponent]):
            return derivative_of_power(node, base, exponent, var)
        case codenode(op=op.NEG, args=[a]):
            return negate(differentiate(a, var))
        case codenode(op=op.POS, args=[a]):
            return differentiate(a, var)
        case codenode(op=op.CALL, args=[callee, argument]):
            name = callee.args[1].args[0] if callee.op == ATTR else callee.name
            inner = differentiate(argument, var)
            return multiply(inner, outer_derivative(callee, name, argument))
        case _:
            error(node, f"{node} can't be differentiated")


@comptime
def derivative_of_power(node, base, exponent, var):
    if var.name not in exponent.free_vars():
        n = value_of(exponent)
        less = number(n - 1) if n is not None else exponent - 1
        inner = differentiate(base, var)
        return multiply(multiply(exponent, power(base, less)), inner)
    logarithm = codenode(VAR, name="log")(base)
    rate = add(multiply(differentiate(exponent, var), logarithm),
               divide(multiply(exponent, differentiate(base, var)), base))
    return multiply(node, rate)


@macro
def deriv(x, var):
    """The derivative of the code `x`; `var` is a variable, or its name."""
    by = uneval(var)
    if by.op == VALUE:
        by = codenode(VAR, name=by.args[0])
    return differentiate(uneval(x), by)


@macro
def newton_step(f, var):
    """One step of Newton's method towards a zero of the code `f`."""
    return uneval(var - f / deriv(f, var))
