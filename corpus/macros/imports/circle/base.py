import m
BASE = 10
def get(): return m.LIMIT
