from lib import m
def f():
    a = m(1)
    from lib import k
    return a, k(2)
print(f(), m(3))
