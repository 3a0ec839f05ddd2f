"""More commands."""
from registries import command


@command
def copy(name):
    return f"copy {name}"


@command
def erase(name):
    """Erases a file, really."""
    return f"erase {name}"
