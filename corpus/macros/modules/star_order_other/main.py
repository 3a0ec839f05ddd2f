from b import *
from a import *
print(m(1))
