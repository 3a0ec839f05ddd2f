from uneval.meta import macro


@macro
def checked(send):
    names = []
    send(names)
    if names:
        return "some"
    return "none"


print(checked(print))
