# Leaves keep the spelling of their author: quotes, number bases, underscores, prefixes.
from cython.meta import macro, uneval


@macro
def same(x):
    return uneval([x, x])


@macro
def sum(x):
    return x + x


values = [
    same('single'), same("double"), same('''triple'''), same("""two
lines"""), same(r"raw\d"), same(R'\n'), same(b'bytes'), same(Rb"\x00"), same(u'old'),
    same(0XFF), same(0b1_0), same(1_000.5e-3), same(1E5), same(10J), same(.5), same(5.),
    same('a' "b" r'\c'), same("esc\x41\t\N{BULLET}"), same(f'{values!r:>{10}}'), same(rf"\d{values}"),
    same(F"{values:%Y}" 'tail'), same("é€😀"), sum(1.0), sum("x"), sum(0x10),
]
