# A star import brought the macro that is deleted.
from lib import *

print(aid(2), RATE)
del aid
