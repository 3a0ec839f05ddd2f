from cython.meta import macro
@macro
def mix(x):
    return 1
def early(x):
    return mix(x)
print(mix(0))
@macro
def mix(x):
    return 2
print(mix(0))
