import pkg.lib as L
from pkg import lib as M
import pkg.lib
print(L.m(1), M.m(2), pkg.lib.m(3))
L.K = 10
print(L.m(1), M.m(2), pkg.lib.m(3))
