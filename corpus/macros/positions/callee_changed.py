# What is called, and whose method it is, is looked up before the arguments are evaluated.
from cython.meta import macro


def tick(value):
    print("tick", value)
    return value


@macro
def twice(x):
    return x + x


@macro
def log(x):
    print("log", x)
    return x


@macro
def bump(x):
    x += 1
    return x


class Box:
    def __init__(self, name):
        self.name = name

    def shown(self, *values):
        return self.name, values

    def __getitem__(self, key):
        return self.name, key


def change():
    global function, box, table
    function = print
    box = Box("new")
    table = {"f": print}
    return tick("changed")


def reset():
    global function, box, table
    function, box, table = max, Box("old"), {"f": min}


def f():
    reset()
    print(function(tick("a"), log(change())))
    reset()
    print(box.shown(twice(change())), box.name)
    reset()
    print(table["f"](twice(change()), tick("z")))
    reset()
    print(box[log(change())], [box.name, log(change()), box.name])
    reset()
    old = box
    old.shown, old.name = (lambda *values: values), log(change())
    print(old.shown(log(1)), old.name)


f()
reset()
print(box.shown(log(change()), bump(1)), function is print)
