"""The compile-time names come by a module that has to be decided first."""
from lib import SIZE, twice

n = 4
print(twice(n), SIZE)
