try:
    from cython.meta import comptime, macro
except ImportError:
    from uneval.meta import comptime, macro
