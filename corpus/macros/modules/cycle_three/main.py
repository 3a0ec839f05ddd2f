import a, b, c
print(a.f(1), c.g(2), b.g(3))
