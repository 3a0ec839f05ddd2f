"""Opens things in modes."""
from modes import MODE_NAMES, has, mode

DEFAULT = mode("READ")


def opened(name, flags=mode("READ", "WRITE")):
    if has(flags, "APPEND"):
        return f"{name}, to append"
    if flags == mode("READ"):
        return f"{name}, to read"
    return f"{name}, {flags}: " + " ".join(n for value, n in MODE_NAMES.items() if flags & value)


print(opened("a"), opened("b", DEFAULT), opened("c", mode("APPEND", "READ")), opened("d", mode()))
print([has(flags, "CREATE") for flags in range(8)])
