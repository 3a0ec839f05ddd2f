"""Exports a name of its own called `len`."""


def len(x):
    return "not the builtin"
