from pkg import m
print(m(1))
