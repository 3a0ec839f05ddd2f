"""Kept branches move to where the `if` stood; what they hold stays as it is."""
from cython.meta import comptime, macro

YES = comptime(True)
NO = comptime(False)


@macro
def must_not_run(x):
    return x.no_such_attribute_at_compile_time + undefined_name / comptime(1 / 0)


@macro
def double(x):
    return x * 2


if comptime(YES):
    # A comment of the branch.
    text = """
    A string
        keeps its lines.
    """

    def shown(x):  # with a comment

        if x:
            return (x +
                    1)
        return f"""{
            x}
        end"""
    # The last comment of the branch.
else:
    text = must_not_run(1)
    # A comment that goes.

# A comment after it.
if comptime(NO):
    text = "gone"

print(text)
if comptime(NO): print("gone")
elif comptime(NO):
    print("gone")


class C:
    if comptime(NO):
        a = 1


class D:
    """Documented."""

    if comptime(YES):
        a = double(2)

        def method(self):
            if comptime(NO):
                return 1
            elif comptime(YES):
                if self.a:
                    return double(self.a)
                elif comptime(NO):
                    return must_not_run(3)
            else:
                return 4

    if comptime(NO):
        b = 1


def only():
    if comptime(NO):
        pass


def chains(x):
    if x == 0:
        y = 0
    elif comptime(NO):  # gone
        y = must_not_run(1)
    # before the next
    elif x == 1:
        y = 1
    # before the else
    else:
        y = 2
    if comptime(NO):
        y = must_not_run(1)
    elif x == 1:
        y += 10
    elif comptime(YES):
        y += 20
    elif must_not_run(x):
        y = 5
    else:
        y = 6
    if comptime(NO): y = 7
    elif x > 1: y += 100
    else: y += 200
    while comptime(NO):
        y = must_not_run(1)
    else:
        y += 1000
    while comptime(NO): y = 3
    while comptime(YES):
        y += 10000
        break
    return y


def expressions(x):
    a = (x + 1) if comptime(YES) else must_not_run(x)
    b = must_not_run(x) if comptime(NO) else (x, x)
    c = [double(x)if comptime(YES)else 0, ("a" if comptime(NO) else "b") + "c"]
    d = lambda y: y if comptime(NO) else -y
    if comptime(YES) and x:
        a += 1
    return a, b, c, d(1), "yes" if comptime(YES) and x else "no"


def first_text():
    if comptime(YES):
        "no docstring"
    return first_text.__doc__


def before_text():
    if comptime(NO):
        x = 1
    "no docstring"
    return before_text.__doc__


def scoping():
    if comptime(NO):
        text = 1
    try:
        return text
    except UnboundLocalError:
        return "unbound"


def generator():
    if comptime(NO):
        yield 1


async def coroutine():
    if comptime(NO):
        yield
    if comptime(YES):
        return


def declares():
    if comptime(NO):
        global declared
    declared = 1


if comptime(YES):
    if comptime(NO):
        from nowhere import nothing
    else:
        import math
        from math import floor as nothing

    @macro
    def made_in_a_branch(x):
        return x + x
else:
    made_in_a_branch = None

print(shown(1), shown(0), D().method(), D.a, hasattr(D, "b"), hasattr(C, "a"), only())
print([chains(x) for x in range(4)])
print(expressions(1), first_text(), before_text(), scoping(), list(generator()))
print(type(coroutine()).__name__, declares(), declared, nothing(1.5), math.pi > 3)
print(made_in_a_branch(4))
