# Two modules whose macros import each other.
from first import a

print(a(1))
