from lib import *
h = 3
print(m(1), h)
