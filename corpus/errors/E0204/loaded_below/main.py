from pkg.shape import NAME
from pkg import shape

print(NAME, shape.area(2))
