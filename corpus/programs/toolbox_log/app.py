"""A program that logs, with a level that was set when it was expanded."""
from logs import log, logged


def expensive(rows):
    print("this takes long")
    return sum(map(len, rows))


def load(rows):
    log("DEBUG", f"loading {rows}, {expensive(rows)} cells")
    total = 0
    for row in rows:
        if not row:
            log("WARNING", f"row {total} is empty")
            continue
        log("DEBUG", "row " + str(row))
        total += 1
    log("INFO", f"{total} rows of {len(rows)}")
    if logged("DEBUG"):
        print("nobody sees this")
    return total


log("DEBUG", undefined_variable)
print(load([[1, 2], [], [3]]))
