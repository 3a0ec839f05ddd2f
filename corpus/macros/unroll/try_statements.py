# Try, except, else and finally in unrolled functions.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def parsed(text, kinds, default=None):
    for kind in kinds:
        try:
            value = int(text) if kind == "int" else float(text)
        except ValueError as error:
            print("no", kind, type(error).__name__)
            continue
        else:
            print("yes", kind)
            break
        finally:
            print("tried", kind)
    else:
        value = default
    return value


@unroll
def counted(x, n):
    done = 0
    try:
        for i in range(n):
            x[i] += 1
            done += 1
    except (IndexError, TypeError) as error:
        return done, type(error).__name__
    return done


@unroll
def cleaned(x):
    try:
        state = "tried"
        return tick(x), 1 // x
    except ZeroDivisionError:
        state = "caught"
        raise ValueError(state)
    finally:
        print(state)


def f(text):
    return parsed(text, ("int", "float")), parsed(tick(text), ("float",), default=0)


print(f("1"), f("1.5"), f("x"))
print(counted([1, 2], 2), counted([1], 3), counted([None], 1), counted([], 0))
print(cleaned(1))
try:
    cleaned(0)
except ValueError as error:
    print(error, repr(error.__context__))
