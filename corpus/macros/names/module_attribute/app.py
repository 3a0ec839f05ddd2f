# `import calculus as c` stays for its functions; its macros are called as attributes.
import calculus
import calculus as c
import calculus as only_macros


def f(x):
    return c.line(x, 2, 1), calculus.line(x, 3, x), only_macros.line(x, x, 0)


print(f(10), c.zero(2, 1), calculus.zero(4, 2))
