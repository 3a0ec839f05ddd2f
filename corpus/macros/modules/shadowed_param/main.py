from lib import m
def f(h): return m(h), h
print(f(1))
def g(lib, _lib, h, _h): return m(h)
print(g(1,2,3,4))
