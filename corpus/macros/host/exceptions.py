# Exceptions that a macro handles itself.
from cython.meta import macro


@macro
def handled(kind):
    log = []

    class Own(ValueError):
        pass

    try:
        try:
            if kind == "own":
                raise Own("mine")
            if kind == "group":
                raise ExceptionGroup("many", [ValueError(1), KeyError("k")])
            if kind == "zero":
                1 / 0
            if kind == "assert":
                assert kind == "other", "it isn't"
        except ZeroDivisionError as error:
            log.append(str(error))
            raise RuntimeError("again") from error
        else:
            log.append("none")
        finally:
            log.append("finally")
    except* ValueError as group:
        log.append([type(e).__name__ for e in group.exceptions])
    except* (KeyError, AssertionError) as group:
        log.append([repr(e) for e in group.exceptions])
    except* RuntimeError as group:
        log.append(type(group.exceptions[0].__cause__).__name__)
    return log


print(handled("none"), handled("own"), handled("group"), handled("zero"), handled("assert"))
