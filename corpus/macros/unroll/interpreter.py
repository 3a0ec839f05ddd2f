# An interpreter that is unrolled over a program known at compile time becomes that program, compiled.
from cython.meta import unroll, comptime


def tick(value):
    print("tick", value)
    return value


@unroll
def run(program, x):
    """Runs a stack program; each instruction is a name and maybe an argument."""
    stack = [x]
    for name, *argument in program:
        if name == "push":
            stack.append(argument[0])
        elif name == "dup":
            stack.append(stack[-1])
        elif name == "swap":
            stack[-1], stack[-2] = stack[-2], stack[-1]
        elif name == "print":
            print("top", stack[-1])
        else:
            b = stack.pop()
            a = stack.pop()
            stack.append(a + b if name == "add" else a * b)
    return stack.pop()


@unroll
def brain(program, cells):
    at = 0
    out = []
    for c in program:
        if c == ">":
            at += 1
        elif c == "<":
            at -= 1
        elif c == "+":
            cells[at] += 1
        elif c == ".":
            out.append(cells[at])
    return out


POLYNOMIAL = comptime([("dup",), ("dup",), ("mul",), ("print",), ("swap",), ("push", 3), ("mul",), ("add",)])


def f(x):
    return run(POLYNOMIAL, x), run((("push", 2), ("mul",)), tick(x))


print(f(2), f(1.5))
print(brain("+>++<.>.", [0, 0, 0]), brain(".>.", tick([7, 8])))
