# A package that imports the module which uses its macro.
from pkg import f

print(f(1))
