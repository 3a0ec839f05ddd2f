# Generators with calls are closed, and things are thrown into them.
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


def numbers():
    try:
        while True:
            try:
                print("got", log((yield twice(tick(1)))))
            except ValueError as thrown:
                print("caught", bump(thrown.args[0]))
                yield twice(tick("after"))
    finally:
        print("closed", log(tick("at the end")))


made = numbers()
print(next(made))
print(made.send("a"))
print(made.throw(ValueError(1)))
print(next(made))
made.close()
lazy = (tick(n) + twice(tick(n * 10)) for n in log(tick([1, 2])))
print("nothing of the elements yet")
print(next(lazy))
lazy.close()
print(list(lazy))
