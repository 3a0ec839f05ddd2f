def f(x):
    from heavy import m
    return m(x)
print("start")
print(f(1))
print(f(2))
