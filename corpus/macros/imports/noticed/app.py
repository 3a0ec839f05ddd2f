"""Imports of macros from modules of which somebody would notice that they aren't run: they stay."""
import left
import record
from decorated import one
from defaulted import eleven
from derived import seven
from extended import five
from handled import four
from indexed import twelve
from mapped import two
from numbered import eight
from ordered import three
from quiet import fourteen
from reduced import six
from registered import thirteen
from right import ten

n = int("1")
print(one(n), two(n), three(n), four(n), five(n), six(n), seven(n), eight(n))
print(left.nine(n), ten(n), eleven(n), twelve(n), thirteen(n), fourteen(n))
print(record.LINES)
