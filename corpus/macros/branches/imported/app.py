# What the branches of an imported module define.
import lib
from lib import NAME, VERSION, twice

print(NAME, VERSION, twice(4), lib.twice(5), lib.thrice(2), lib.plain(1))
