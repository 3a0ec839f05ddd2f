print("start")
from pkg.macs import m
print(m(2))
