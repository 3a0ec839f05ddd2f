"""A bill that knows how it came about."""
import inspect

from traces import Node, traced


@traced
def bill(hours, rate, extras=()):
    """What a job costs, entry by entry."""
    total = []
    count = 0
    total += hours * rate
    for extra in extras:
        if extra > 10:
            total += extra + rate * 2
        else:
            total += -extra
        count += 1
    total += (hours - 1) * 3 % 7
    return total, count


@traced
def steps(n):
    def loud(log):
        log += "!"
        return log

    log = []
    log += n
    log += n % 3 - 1
    return log, loud("done")


def value(node):
    """What a node comes to."""
    if not isinstance(node, Node):
        return node
    return node.compute(*map(value, node.args))


entries, count = bill(40, 25, [3, 20])
for entry in entries:
    print(entry, value(entry))
print(sum(map(value, entries)), count, bill(1, 1))
print(steps(5))
print(bill.__name__, bill.__doc__, inspect.signature(bill))
