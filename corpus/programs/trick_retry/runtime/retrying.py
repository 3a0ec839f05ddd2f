"""Blocks that are done again when they fail.

A context manager can't run its block twice, so at run time this takes two statements:
`for attempt in retry(3, ConnectionError): with attempt: …`, as runtime/app.py has it.
"""


class Flaky:
    """Something to read from, which fails as often as it is told to."""

    def __init__(self, *answers):
        self.answers = iter(answers)

    def read(self):
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return answer


def retry(times, failure):
    """Gives context managers up to `times` times, until a block doesn't raise a `failure`."""
    for number in range(times):
        attempt = Attempt(number, failure, number == times - 1)
        yield attempt
        if attempt.worked:
            return


class Attempt:
    def __init__(self, number, failure, last):
        self.number, self.failure, self.last = number, failure, last
        self.worked = False

    def __enter__(self):
        return self.number

    def __exit__(self, kind, *_):
        self.worked = kind is None
        return kind is not None and issubclass(kind, self.failure) and not self.last
