def f():
    print("f")
    return 2
class Kind:
    import lib as own
    value = own.m(f())
print(Kind.value)
