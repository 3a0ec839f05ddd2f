# What a macro needs at run time stays where it is needed.
from lib import direct, either, here
import helpers

print(direct(1), either(2), here(3), helpers.double(4))
