"""What is deleted on some way is unbound after it."""

from cython.meta import unroll


@unroll
def in_while(flag, k):
    last = k
    while flag:
        del last
        flag = 0
    return last


@unroll
def in_try(call, k):
    last = k
    try:
        del last
        call()
    except TypeError:
        pass
    return last


@unroll
def only_read(flag, k):
    last = k
    if flag:
        del last
    last
    return "ok"


@unroll
def by_handler(call, k):
    last = k
    try:
        call()
    except TypeError as last:
        pass
    return last


@unroll
def in_second_round(flag, k):
    last = k
    found = []
    while flag < k:
        flag += 1
        found.append(last)
        del last
    return found


@unroll
def in_some_round(flag, k):
    last = k
    for i in range(k):
        if flag == i:
            del last
            break
    return last


@unroll
def in_with(manager, k):
    last = k
    with manager:
        del last
    return last


@unroll
def twice(flag, k):
    last = k
    if flag:
        del last
    if flag > 1:
        del last
    return "ok"


@unroll
def bound_again(flag, k):
    last = k
    if flag:
        del last
    last = flag
    return last + k


@unroll
def for_itself(xs, k):
    found = []
    for x in xs:
        part = x * k
        found.append(part)
        del part
    try:
        xs[9]
    except IndexError as error:
        found.append(str(error))
    return found


class Manager:
    def __enter__(self):
        pass

    def __exit__(self, *failure):
        return True


def told(f, *args):
    try:
        print(f.__name__, f(*args))
    except UnboundLocalError:
        print("UnboundLocalError")


told(lambda a: in_while(a, 1), 1)
told(lambda a: in_while(a, 1), 0)
told(lambda a: in_try(a, 1), 1)
told(lambda a: only_read(a, 1), 1)
told(lambda a: by_handler(a, 1), 1)
told(lambda a: by_handler(a, 1), int)
told(lambda a: in_second_round(a, 1), 0)
told(lambda a: in_second_round(a, 2), 0)
told(lambda a: in_some_round(a, 2), 1)
told(lambda a: in_some_round(a, 2), 2)
told(lambda a: in_with(a, 2), Manager())
told(lambda a: twice(a, 2), 1)
told(lambda a: twice(a, 2), 2)
told(lambda a: bound_again(a, 2), 1)
told(lambda a: for_itself(a, 2), [1, 2])
