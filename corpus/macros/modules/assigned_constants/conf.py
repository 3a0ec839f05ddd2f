from uneval.meta import comptime

LIMIT = comptime(5)
DEBUG = comptime(False)
FIXED = comptime(7)
