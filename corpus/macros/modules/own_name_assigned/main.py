# What a macro needs isn't read through a name that another module assigns.
import other

other.lib = None
print(other.h(3))
