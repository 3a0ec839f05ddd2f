# A loop that is left in the `else` of another one, which the program leaves on some condition.
from uneval.meta import unroll


@unroll
def known(x, mode):
    for a in (1, 2):
        for b in (5,):
            if mode == "m" and x == 0:
                break
        else:
            if a == x:
                continue
            print("else", a)
        print("after", a)


@unroll
def found(xs, names):
    for x in xs:
        for b in names:
            if x == b:
                break
        else:
            if x > 5:
                break
            if x == 4:
                continue
            print(x)
        print("after", x)


@unroll
def counted(x):
    n = 0
    while n < 2:
        n += 1
        for b in (5, 6):
            if x == b:
                break
        else:
            if x > 6:
                break
        print("after", n)
    return n


def main(x):
    known(x, "m")
    found([1, 3, x, 2, 7, 8], (1, 2))
    return counted(x), counted(x + 5)


for x in range(5):
    print(main(x))
