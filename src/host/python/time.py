"""Stands in for `time` at compile time: it reckons with times, in UTC, and has no clock."""

import sys

_STRUCT_TM_ITEMS = 11
timezone = altzone = daylight = 0
tzname = ("UTC", "UTC")

_DAY = 86400
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)
# They ask on import or for their records, not for an answer: to them it is always 1970.
_ASK_IN_VAIN = {"concurrent.futures.thread", "logging", "queue", "threading"}


def _clock(name, zero):
    def clock(*args):
        if sys._getframe(1).f_globals.get("__name__") in _ASK_IN_VAIN:
            return zero
        raise OSError(
            f"compile-time code has no clock: time.{name}() can't be called; "
            "write the time down, or leave the call to run time"
        )

    clock.__name__ = clock.__qualname__ = name
    return clock


for _name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    globals()[_name] = _clock(_name, 0.0)
    globals()[_name + "_ns"] = _clock(_name + "_ns", 0)
for _name in ("sleep", "get_clock_info", "clock_gettime", "clock_gettime_ns"):
    globals()[_name] = _clock(_name, None)


def tzset():
    pass


class struct_time(tuple):
    n_fields = 11
    n_sequence_fields = 9
    n_unnamed_fields = 0
    __match_args__ = (
        "tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday",
        "tm_isdst",
    )

    def __new__(cls, sequence):
        fields = tuple(sequence)
        if not 9 <= len(fields) <= 11:
            raise TypeError(f"time.struct_time() takes 9 to 11 fields ({len(fields)} given)")
        self = super().__new__(cls, fields[:9])
        self.tm_zone, self.tm_gmtoff = (fields[9:] + (None, None))[:2]
        return self

    def __repr__(self):
        fields = (f"{name}={value!r}" for name, value in zip(self.__match_args__, self))
        return f"time.struct_time({', '.join(fields)})"

    def __reduce__(self):
        return struct_time, ((*self, self.tm_zone, self.tm_gmtoff),)


def _field(index):
    return property(lambda self: self[index])


for _index, _name in enumerate(struct_time.__match_args__):
    setattr(struct_time, _name, _field(_index))


def _ordinal(year, month, day):
    # Days since 1970, of the Gregorian calendar. Years begin in March here.
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def _date(ordinal):
    era, of_era = divmod(ordinal + 719468, 146097)
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month += 3 if month < 10 else -9
    return year + era * 400 + (month <= 2), month, day


def gmtime(seconds=None):
    if seconds is None:
        seconds = time()
    ordinal, rest = divmod(int(seconds // 1), _DAY)
    year, month, day = _date(ordinal)
    week_day, year_day = (ordinal + 3) % 7, ordinal - _ordinal(year, 1, 1) + 1
    hour, rest = divmod(rest, 3600)
    fields = (year, month, day, hour, *divmod(rest, 60), week_day, year_day, 0)
    return struct_time((*fields, "UTC", 0))


localtime = gmtime


def mktime(t):
    year, month, day, hour, minute, second = tuple(t)[:6]
    years, month = divmod(month - 1, 12)
    days = _ordinal(year + years, month + 1, 1) + day - 1
    return float(days * _DAY + hour * 3600 + minute * 60 + second)


def asctime(t=None):
    t = gmtime() if t is None else _checked(t)
    clock = f"{t.tm_hour:02}:{t.tm_min:02}:{t.tm_sec:02}"
    return f"{_DAYS[t.tm_wday][:3]} {_MONTHS[t.tm_mon - 1][:3]} {t.tm_mday:2} {clock} {t.tm_year}"


def ctime(seconds=None):
    return asctime(gmtime(seconds))


def _checked(t):
    if not isinstance(t, tuple):
        raise TypeError("Tuple or struct_time argument required")
    t = t if isinstance(t, struct_time) else struct_time(t)
    year, month, day, *clock = t
    t = struct_time((year, month or 1, day or 1, *clock[:4], clock[4] or 1, clock[5]))
    most = ("month", 1, 12), ("day of month", 1, 31), ("hour", 0, 23), ("minute", 0, 59)
    most += ("seconds", 0, 61), ("day of week", 0, 6), ("day of year", 1, 366)
    for (name, low, high), value in zip(most, t[1:]):
        if not low <= value <= high:
            raise ValueError(f"{name} out of range")
    return t


def _iso_week(t):
    # The week belongs to the year of its Thursday.
    thursday = _ordinal(t.tm_year, 1, 1) + t.tm_yday - 1 - t.tm_wday + 3
    year = _date(thursday)[0]
    return year, (thursday - _ordinal(year, 1, 1)) // 7 + 1


_DIRECTIVES = {
    "a": lambda t: _DAYS[t.tm_wday][:3],
    "A": lambda t: _DAYS[t.tm_wday],
    "b": lambda t: _MONTHS[t.tm_mon - 1][:3],
    "B": lambda t: _MONTHS[t.tm_mon - 1],
    "c": asctime,
    "C": lambda t: f"{t.tm_year // 100:02}",
    "d": lambda t: f"{t.tm_mday:02}",
    "D": lambda t: strftime("%m/%d/%y", t),
    "e": lambda t: f"{t.tm_mday:2}",
    "F": lambda t: strftime("%Y-%m-%d", t),
    "g": lambda t: f"{_iso_week(t)[0] % 100:02}",
    "G": lambda t: str(_iso_week(t)[0]),
    "h": lambda t: _MONTHS[t.tm_mon - 1][:3],
    "H": lambda t: f"{t.tm_hour:02}",
    "I": lambda t: f"{t.tm_hour % 12 or 12:02}",
    "j": lambda t: f"{t.tm_yday:03}",
    "m": lambda t: f"{t.tm_mon:02}",
    "M": lambda t: f"{t.tm_min:02}",
    "n": lambda t: "\n",
    "p": lambda t: "PM" if t.tm_hour > 11 else "AM",
    "r": lambda t: strftime("%I:%M:%S %p", t),
    "R": lambda t: strftime("%H:%M", t),
    "S": lambda t: f"{t.tm_sec:02}",
    "t": lambda t: "\t",
    "T": lambda t: strftime("%H:%M:%S", t),
    "u": lambda t: str(t.tm_wday + 1),
    "U": lambda t: f"{(t.tm_yday + 6 - (t.tm_wday + 1) % 7) // 7:02}",
    "V": lambda t: f"{_iso_week(t)[1]:02}",
    "w": lambda t: str((t.tm_wday + 1) % 7),
    "W": lambda t: f"{(t.tm_yday + 6 - t.tm_wday) // 7:02}",
    "x": lambda t: strftime("%m/%d/%y", t),
    "X": lambda t: strftime("%H:%M:%S", t),
    "y": lambda t: f"{t.tm_year % 100:02}",
    "Y": lambda t: str(t.tm_year),
    "z": lambda t: "+0000",
    "Z": lambda t: "UTC",
    "%": lambda t: "%",
}


def strftime(format, t=None):
    t = gmtime() if t is None else _checked(t)
    first, *rest = format.split("%")
    out = [first]
    rest = iter(rest)
    for piece in rest:
        if not piece:
            # Of `%%`, which ends with the next piece; or a `%` that ends the format.
            out.append("%" + next(rest, ""))
            continue
        directive = _DIRECTIVES.get(piece[0])
        out.append(directive(t) + piece[1:] if directive else "%" + piece)
    return "".join(out)


def strptime(string, format="%a %b %d %H:%M:%S %Y"):
    import _strptime

    return _strptime._strptime_time(string, format)
