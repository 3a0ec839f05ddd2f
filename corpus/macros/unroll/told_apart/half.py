from cython.meta import unroll

@unroll
def step(x):
    return x + 0.5
