"""Blocks that are timed, and blocks that happen wholly or not at all."""
from time import perf_counter

from cython.meta import BREAK, CONTINUE, RETURN, VAR, codenode, comptime, gensym, macro, quote, uneval

times = []


class Database:
    """Rows, and what happened to them."""

    def __init__(self, rows):
        self.rows = rows
        self.log = []

    def begin(self):
        return Change(self)


class Change(dict):
    """Rows that aren't in the database yet."""

    def __init__(self, db):
        super().__init__(db.rows)
        self.db = db

    def commit(self):
        self.db.rows = dict(self)
        self.db.log.append("commit")

    def rollback(self):
        self.db.log.append("rollback")


@macro
def timed(block, label):
    """Puts the time that the block takes into `times`."""
    b = uneval(block)
    with quote as code:
        start = perf_counter()
        try:
            b.body
        finally:
            times.append((label, perf_counter() - start))
    return code


@macro
def transaction(block, db):
    """Begins a change, and commits it unless the block raises."""
    b = uneval(block)
    change = b.target or codenode(VAR, name=gensym("change"))
    commit, rollback = uneval(getattr(change, "commit")()), uneval(getattr(change, "rollback")())
    with quote as begun:
        change = db.begin()
    if leaves(b.body):      # then an `else` wouldn't do: it's skipped by `return`
        with quote as guarded:
            done = True
            try:
                b.body
            except BaseException:
                done = False
                rollback
                raise
            finally:
                if done:
                    commit
    else:
        with quote as guarded:
            try:
                b.body
            except BaseException:
                rollback
                raise
            else:
                commit
    return [begun, guarded]


@comptime
def leaves(body):
    """Whether the statements may leave the block otherwise than by their end or an exception."""
    jumps = BREAK, CONTINUE, RETURN
    return any(node.op in jumps for s in body for node in s.walk(nested=False))
