class C:
    from lib import m
    y = m(1)
    z = [m(i) for i in range(2)] if False else None
print(C.y)
