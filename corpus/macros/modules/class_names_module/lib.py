from cython.meta import macro
rate = 5
def tick():
    global rate
    rate += 1
@macro
def m(x): return (x, rate, x)
