from importlib import import_module


def bump():
    lib = import_module(".lib", __package__)
    lib.A = 7
