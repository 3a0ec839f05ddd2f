"""Stands in for native modules that reach outside: they can be imported, and refuse to be used."""

from posix import refuse


class _Kind(type):
    """A class that can be named, inherited from and multiplied, and has no objects."""

    def __call__(cls, *args, **kwargs):
        raise OSError(
            f"compile-time code has no foreign functions: ctypes.{cls.__name__} can't be used"
        )

    def __mul__(cls, length):
        return _Kind(f"{cls.__name__}_Array_{length}", (cls,), {})

    __rmul__ = __mul__


class _Library:
    def __getattr__(self, name):
        raise AttributeError(f"compile-time code has no foreign functions: there is no {name}")


def _signals():
    names = """
        HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP
        TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS
    """.split()
    yield from ((f"SIG{name}", number) for number, name in enumerate(names, 1))
    yield from dict(SIG_DFL=0, SIG_IGN=1, NSIG=65, ITIMER_REAL=0).items()
    refused = "alarm default_int_handler getitimer getsignal pause pthread_kill raise_signal"
    refused += " set_wakeup_fd setitimer siginterrupt signal strsignal"
    yield from ((name, refuse(f"signal.{name}", "signals")) for name in refused.split())
    yield "ItimerError", OSError


def _foreign():
    classes = """
        Array BigEndianStructure CDLL LittleEndianStructure OleDLL PyDLL Structure Union c_bool c_byte
        c_char c_char_p c_double c_float c_int c_int16 c_int32 c_int64 c_int8 c_long c_longdouble
        c_longlong c_short c_size_t c_ssize_t c_ubyte c_uint c_uint16 c_uint32 c_uint64 c_uint8
        c_ulong c_ulonglong c_ushort c_void_p c_voidp c_wchar c_wchar_p py_object _SimpleCData
        _Pointer
    """
    yield from ((name, _Kind(name, (), {"__module__": "ctypes"})) for name in classes.split())
    refused = """
        addressof alignment byref cast create_string_buffer create_unicode_buffer get_errno memmove
        memset pointer resize set_errno string_at wstring_at
    """
    yield from ((n, refuse(f"ctypes.{n}", "foreign functions")) for n in refused.split())
    yield "sizeof", sizeof
    # They make types.
    for name in "CFUNCTYPE", "POINTER", "PYFUNCTYPE":
        yield name, lambda *args, name=name, **kwargs: _Kind(name, (), {"__module__": "ctypes"})
    yield from ((name, _Library()) for name in ("cdll", "pydll", "pythonapi"))
    yield from dict(ArgumentError=Exception, RTLD_GLOBAL=256, RTLD_LOCAL=0, __path__=[]).items()


_SIZES = {
    1: "bool byte char int8 ubyte uint8",
    2: "short int16 ushort uint16",
    4: "int int32 uint uint32 float wchar",
    8: "long longlong int64 ulong ulonglong uint64 double size_t ssize_t void_p voidp char_p wchar_p",
    16: "longdouble",
}


def sizeof(kind):
    """What is the same wherever `sys.platform` is what it is here."""
    for size, names in _SIZES.items():
        if getattr(kind, "__name__", "").removeprefix("c_") in names.split():
            return size
    raise OSError("compile-time code has no foreign functions: ctypes.sizeof() can't be called")


def _processes():
    yield "fork_exec", refuse("subprocess.Popen", "processes")


def _selection():
    yield "select", refuse("select.select")
    yield "error", OSError


globals().update(
    {
        "_signal": _signals,
        "ctypes": _foreign,
        "_posixsubprocess": _processes,
        "select": _selection,
        "_sysconfigdata_t_linux_": lambda: {"build_time_vars": {}},
    }[__name__]()
)
