"""Sorts and counts with macros that change variables."""
from places import forget, increment, rotate, swap


def sort(items):
    """Selection sort; returns how many exchanges it took."""
    exchanges = 0
    for i in range(len(items)):
        smallest = min(range(i, len(items)), key=items.__getitem__)
        if smallest != i:
            swap(items[i], items[smallest])
            increment(exchanges)
    return exchanges


def fibonacci(n):
    a, b = 0, 1
    while n:
        a = a + b; swap(a, b); increment(n, -1)
    return a


def turn(face):
    rotate(face.top, face.right, face.bottom, face.left)
    increment(face.turns)
    if face.turns == 4: forget(face.turns, face.cache[0], face.cache["key"])
    return vars(face)


class Face:
    def __init__(self, top, right, bottom, left):
        self.top, self.right, self.bottom, self.left = top, right, bottom, left
        self.turns, self.cache = 3, {0: "zero", "key": "value"}


numbers = [3, 1, 2]
print(sort(numbers), numbers, [fibonacci(n) for n in range(9)])
print(turn(Face(1, 2, 3, 4)))
first, second = "first", "second"
swap(first, second)
print(first, second)
