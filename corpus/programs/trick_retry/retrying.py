"""Blocks that are done again when they fail."""
from cython.meta import VAR, codenode, gensym, macro, quote, uneval


class Flaky:
    """Something to read from, which fails as often as it is told to."""

    def __init__(self, *answers):
        self.answers = iter(answers)

    def read(self):
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return answer


@macro
def retry(block, times, failure):
    """Does the block up to `times` times, until it doesn't raise a `failure`."""
    b = uneval(block)
    attempt = b.target or codenode(VAR, name=gensym("attempt"))
    last = times - 1
    with quote as code:
        for attempt in range(times):
            try:
                b.body
                break
            except failure:
                if attempt == last:
                    raise
    return code
