"""A module that compile-time code of its own imports."""
from uneval.meta import comptime

X = 3


@comptime
def own():
    import app

    return app.X, app.__name__, app.own is own


print(comptime(own()))
