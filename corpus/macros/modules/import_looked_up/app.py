# A module that code looks up in `sys.modules` has to be imported.
from lib import m
print(m(2))
