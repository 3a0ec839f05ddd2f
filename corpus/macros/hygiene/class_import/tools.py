from uneval.meta import macro

print("tools run")
SIZE = 3


@macro
def step(x):
    return x + SIZE
