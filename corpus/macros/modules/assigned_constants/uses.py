import conf
from uneval.meta import macro, unroll


@macro
def limit():
    return conf.LIMIT, conf.FIXED


@unroll
def logged(x):
    if conf.DEBUG:
        print("debug", x)
    return x
