# No macros and no Python either: the file is left alone.
def f(:
