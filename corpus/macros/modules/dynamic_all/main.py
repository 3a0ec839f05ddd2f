from lib import *
print(h(1), m(2))
