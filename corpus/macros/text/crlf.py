from cython.meta import comptime, macro, quote, uneval, unroll

@macro
def in_macro(x):
    return """a
b""", x

X = comptime("""p
q""")

@comptime
def helper():
    "a docstring \
goes on"
    return rb"""r\
s""" + b'''t
u\r''', rf"""{1}\
v\r""", helper.__doc__

@macro
def bytes_and_raw():
    return helper()

@unroll
def unrolled(x, n):
    if x > n: return "big"
    return """c
d\r\n"""

@macro
def quoted(x):
    with quote as tree:
        y = """e
f"""
        print(repr(y), repr(f"""g
{uneval(x)}\r
h"""))
    tree.eval()

@macro
def argument(x):
    return x + "!"

@macro
def shown(x):
    return repr(uneval(x).args[0])

@macro
def debug(x):
    return x

print(in_macro(1), repr(X), repr(unrolled(1, 3)))
print(bytes_and_raw())
quoted(2)
print(repr(argument("""i
j""")), shown("""k
l"""))
print(repr(f"""{debug(
    3)
=}"""))
