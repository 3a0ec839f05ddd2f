# Assignments and deletions of items and attributes of run-time values.
from cython.meta import macro

log = []


class Box:
    def __getattr__(self, name):
        log.append("get " + name)
        return 0

    def __setattr__(self, name, value):
        log.append(f"{name} = {value}")
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        log.append("del " + name)

    def __setitem__(self, key, value):
        log.append(f"[{key}] = {value}")

    def __getitem__(self, key):
        log.append(f"[{key}]")
        return 10

    def __delitem__(self, key):
        log.append(f"del [{key}]")


def say(value):
    log.append(value)
    return value


@macro
def change(x, key, value):
    x[key] = value
    x[1:key] = [value, value]
    x[1, ::2] = ()
    x.name = x[0]
    del x[key], x.name


@macro
def several(x, key):
    x[key], x.b = x.c = key, 2
    for x.d in (1, 2):
        x[say(x.d)] = 3
    return x.missing


@macro
def quiet(x):
    x.seen = True


change(Box(), say(3), say("v"))
print(log)
log.clear()
print(several(Box(), say("k")), log)
log.clear()
print(quiet(Box()), log)
