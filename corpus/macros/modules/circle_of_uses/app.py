# Two modules that import each other's macros after the definitions.
from p.a import fa
from p.b import fb

print(fa(2), fb(3))
