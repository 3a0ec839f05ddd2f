# A large body is one function for each set of static arguments, however often it is called.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def mixed(x, rounds, names=("a", "b")):
    state = [x, x + 1, x + 2, x + 3]
    for r in range(rounds):
        for i in range(4):
            state[i] = (state[i] * 31 + state[(i + 1) % 4] + r * 7) % 1009
        state[0], state[2] = state[2], state[0]
        if state[1] % 2:
            state[3] ^= state[0]
        else:
            state[3] += r
    out = {}
    for i in range(len(names)):
        out[names[i]] = state[i]
    return out


def f(x):
    a = mixed(x, 4), mixed(tick(x), 4), mixed(x + 1, 4)
    b = [mixed(y, 2, ("only",)) for y in range(3)]
    return a, b, mixed(rounds=4, x=tick(3)), lambda: mixed(x, 1)


a, b, c, later = f(5)
print(a, b, c, later(), sep="\n")
print(mixed(1, 4), sorted(name for name in globals() if name == "x"))
