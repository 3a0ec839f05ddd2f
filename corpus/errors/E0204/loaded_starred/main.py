import other as tools
from pkg.tools import NAME
from pkg import *

print(NAME, tools.m(1))
