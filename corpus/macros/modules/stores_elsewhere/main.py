# A function of another module gets the module and puts another function into it.
import lib
import patcher

print(lib.calls(1))
patcher.apply(lib)
print(lib.u(1), lib.calls(3))
