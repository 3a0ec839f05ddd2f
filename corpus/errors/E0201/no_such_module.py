# Modules that compile-time code doesn't have: one that isn't there, one that does IO.
from cython.meta import macro


@macro
def missing():
    import not_there
    return 1


@macro
def networked():
    import socket
    return socket.gethostname()


print(missing(), networked())
