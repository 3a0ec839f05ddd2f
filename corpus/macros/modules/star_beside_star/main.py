from math import *
print("main runs")
from lib import *
print(m(1))
