from pkg import m
print(m(4))
