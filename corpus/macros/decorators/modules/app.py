"""Macros of other modules: by alias, as attributes, re-exported, with names that clash here."""
from __future__ import annotations

import tools
import tools as t
from pkg import clocked, noisy
from pkg.user import use
from tools import guarded, remembered as kept

LIMIT = 100
perf_counter = None


@tools.remembered
def first(): return LIMIT


@kept
@t.timed(label="alias")
def second(remember, start):
    math = 1
    return remember + start + math


@clocked()
@noisy
def third(result):
    return result


@tools.helped
class Thing:
    def own(self):
        return self.helped()


def run():
    remember = "mine"
    with guarded("block"):
        print(remember, first())
    with t.guarded("second block"):
        return second(1, 2)


print(run(), third(5), Thing().own(), use(7), tools.calls)
