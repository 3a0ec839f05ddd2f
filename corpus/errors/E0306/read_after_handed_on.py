from uneval.meta import comptime, macro


@comptime
def now():
    pass


@macro
def checked(send):
    now()
    names = []
    send(names)
    if names:
        return "some"
    return "none"


print(checked(print))
