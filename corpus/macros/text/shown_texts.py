"""`{expression=}` keeps the text of the expression, whatever is in it."""

from cython.meta import macro


@macro
def same(x):
    return x


class Format:
    def __format__(self, spec):
        return spec


print(f"{same(int('3'))=}")
print(f'{same("a")=} and {same({"b": 1}) = !s:>12}')
print(f"""{same("it's")=} {same(
    (1, '}')
)=:}""")
print(rf"""{same(int('4'))=}\d""")
print(f"{(same(int('5')))=} {same(1)}")
print(f"{f'{same(6)=}'=}")
print(f"{Format():{same(7)=}|{same('x')=!s:>3}}")
