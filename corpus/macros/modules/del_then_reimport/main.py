from lib import m
print(m(1))
del m
from lib import m
print(m(2))
