"""Takes away what would make compile time depend on the machine or the moment."""

import _io
import _random
import time


class FileIO(_io._RawIOBase):
    def __init__(self, *args, **kwargs):
        raise OSError("compile-time code has no files")


def _no_clock(*args):
    raise OSError("compile-time code has no clock")


class Random(_random.Random):
    def seed(self, n=None):
        super().seed(0 if n is None else n)


_gmtime = time.gmtime

_io.FileIO = FileIO
_random.Random = Random
time.gmtime = time.localtime = lambda seconds=None: (
    _no_clock() if seconds is None else _gmtime(seconds)
)
for _name in dir(time):
    if _name.removesuffix("_ns") in {
        "time", "monotonic", "perf_counter", "process_time", "thread_time", "sleep",
        "clock_gettime",
    }:
        setattr(time, _name, _no_clock)
