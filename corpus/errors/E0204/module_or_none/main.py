try:
    import lib
except ImportError:
    lib = None
if lib:
    print(lib.m(1))
