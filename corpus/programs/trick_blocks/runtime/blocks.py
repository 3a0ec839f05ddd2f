"""Blocks that are timed, and blocks that happen wholly or not at all."""
from contextlib import contextmanager
from time import perf_counter

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


@contextmanager
def timed(label):
    """Puts the time that the block takes into `times`."""
    start = perf_counter()
    try:
        yield
    finally:
        times.append((label, perf_counter() - start))


class transaction:
    """Begins a change, and commits it unless the block raises."""

    def __init__(self, db):
        self.db = db

    def __enter__(self):
        self.change = self.db.begin()
        return self.change

    def __exit__(self, kind, *_):
        if kind is None:
            self.change.commit()
        else:
            self.change.rollback()
