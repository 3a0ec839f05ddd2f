# Each kind of constant as a tree, and written back.
from cython.meta import macro, uneval, codenode, VALUE


@macro
def shape(x):
    return codenode(VALUE, [repr(uneval(x))])


@macro
def same(x):
    return uneval(x)


shapes = [
    shape(0), shape(10**2), shape(0xFF), shape(1_000), shape(123456789012345678901234567890),
    shape(1.5), shape(1e400), shape(2e-7), shape(3j), shape(True), shape(None), shape(...),
    shape("it's"), shape('"'), shape("a" "b"), shape(r"\n"), shape("\n\0\x7f\u20ac\U0001F600"),
    shape(b"bytes\xff"), shape(-1), shape("\ud800"),
]
spellings = [
    same(0xFF), same(1_000), same(0o17), same(0B11), same(1E5), same(.5), same(1.), same(1J),
    same('single'), same("double"), same("""three"""), same(r"\d"), same(u"u"), same(b'\x00'),
    same("one" 'two'),
]
