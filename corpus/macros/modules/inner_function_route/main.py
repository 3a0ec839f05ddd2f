def outer():
    from lib import m
    def inner(x):
        return m(x)
    return inner
print(outer()(2))
h = "global"
print(h)
