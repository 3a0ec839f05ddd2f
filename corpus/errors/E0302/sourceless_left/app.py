# A constant without a source can be an argument, but not stay in the program.
import lib
from lib import OP, PAIR, given, left, quoted, reads


def f(x):
    return quoted(OP), quoted(lambda: lib.OP(x)), given(OP), left(OP, x), PAIR, reads(x)


as_value = reads
also = lib.reads
