# The target of a constant without a source goes with it, and what stands beside it stays in order.
from cython.meta import comptime, macro

log = []


def f(x):
    log.append(x)
    return x


@comptime
class Add:
    def __init__(self, n):
        self.n = n

    def __call__(self, x):
        return x + self.n


@macro
def apply(op, x):
    return op(x)


OP, A = comptime(Add(1)), f(1)
B, OP2 = f(2), comptime(Add(2))
(OP3), (C), D, = (comptime(Add(3))), (f(3)), f(4),
[OP4, E] = comptime(Add(4)), f(5)
(OP5, F), G = (comptime(Add(5)), f(6)), f(7)
OP6, H = OP7, I = comptime(Add(6)), f(8)
J, *K = comptime(9), f(10), f(11)
log_of = {}
log_of[f(12)], L = f(13), comptime(14)
(
    OP8,  # gone
    M,  # stays
) = (
    comptime(Add(8)),  # gone
    f(15),  # stays
)
OP9 = comptime(Add(9)); N, OP10 = 16, comptime(Add(10)); O = 17


def g(x):
    ops = apply(OP, x), apply(OP2, x), apply(OP3, x), apply(OP4, x), apply(OP5, x), apply(OP6, x)
    return ops, apply(OP7, x), apply(OP8, x), apply(OP9, x), apply(OP10, x)


print(g(0), A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, log, log_of)
