"""What macros drop of their arguments."""
import math
from tools import call_later, first, log, name_of, rebuilt, when


def shown(rows, n):
    print(name_of(rows.pop()), name_of(len(rows)), name_of(math.sqrt(n) + abs(n)))
    print(name_of(value=f"{rows.pop(0)!r}"), name_of(", ".join(sorted(rows))))
    print(name_of([row for row in rows if row.close()]), name_of(lambda: rows.pop()))
    print(name_of(
        rows.pop(
            n,
        )
    ))
    print(name_of(rows.pop() + rows.sort()))


def choices(rows, n):
    log(rows.pop())
    print(first(rows.pop(), rows.sort(), (n := 3)), rebuilt(rows.index(n)), call_later(rows.pop()))
    return when(n, rows.pop(), rows.sort())


async def waited(job):
    return name_of(await job)


def given():
    return name_of((yield))
