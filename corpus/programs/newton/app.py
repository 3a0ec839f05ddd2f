"""Newton's method on derivatives that were taken at compile time."""
import math as m
from math import cos, exp, log, sin, sqrt, tan

from calculus import deriv, newton_step


def cube_root_of_two(x):
    """The zero of 5*x**3 - 10, by ten steps from x."""
    for _ in range(10):
        x = x - (5*x**3 - 10) / deriv(5*x**3 - 10, x)  # deriv is 15 * x ** 2
        yield x


def square_root(n, x=1.0):
    for _ in range(20):
        x = newton_step(x*x - n, x)
    return x


def slopes(x, a):
    return {
        "constant": deriv(7, x),
        "other variable": deriv(a * a, x),
        "sum": deriv(x + 3*x - 2 + a, x),
        "product": deriv(x * a * x, x),
        "quotient": deriv((x + 1) / (x - 1), x),
        "by a constant": deriv(x**2 / a, x),
        "power": deriv(x**3 + (2*x)**a, x),
        "exponent": deriv(2**x, "x"),
        "negative": deriv(-x + -(-x**2) - +x, x),
        "sine": deriv(sin(3*x), x),
        "cosine": deriv(cos(x)**2, x),
        "tangent": deriv(tan(x), x),
        "exponential": deriv(exp(-x**2), x),
        "logarithm": deriv(log(x**2 + 1), x),
        "root": deriv(sqrt(1 + x), x),
        "of a module": deriv(m.sin(x) * m.exp(x), x),
        "all": deriv(sin(exp(log(x) * sqrt(x))) / (1 + tan(x)), x),
    }


def functions(a):
    return {
        "constant": lambda x: 7,
        "other variable": lambda x: a * a,
        "sum": lambda x: x + 3*x - 2 + a,
        "product": lambda x: x * a * x,
        "quotient": lambda x: (x + 1) / (x - 1),
        "by a constant": lambda x: x**2 / a,
        "power": lambda x: x**3 + (2*x)**a,
        "exponent": lambda x: 2**x,
        "negative": lambda x: -x + -(-x**2) - +x,
        "sine": lambda x: sin(3*x),
        "cosine": lambda x: cos(x)**2,
        "tangent": lambda x: tan(x),
        "exponential": lambda x: exp(-x**2),
        "logarithm": lambda x: log(x**2 + 1),
        "root": lambda x: sqrt(1 + x),
        "of a module": lambda x: m.sin(x) * m.exp(x),
        "all": lambda x: sin(exp(log(x) * sqrt(x))) / (1 + tan(x)),
    }


def agrees(slope, f, x, h=1e-6):
    """Whether the slope is what the function's values say."""
    return abs(slope - (f(x + h) - f(x - h)) / (2*h)) < 1e-4


if __name__ == "__main__":
    print(*(format(x, ".12g") for x in cube_root_of_two(10.0)), sep=", ")
    print(format(square_root(2.0), ".12g"), format(square_root(81.0), ".12g"))
    for x in (0.3, 0.8, 2.5):
        known, a = functions(3.0), 3.0
        print(x, [name for name, slope in slopes(x, a).items() if not agrees(slope, known[name], x)])
