"""Blocks that are timed, and blocks that happen wholly or not at all."""
from blocks import Database, times, timed, transaction

db = Database({"ada": 10, "bob": 0})


def move(giver, taker, amount):
    """Moves an amount and tells the new balance of the taker."""
    with timed("move"):
        with transaction(db) as change:
            change[giver] = change[giver] - amount
            change[taker] = change[taker] + amount
            if change[giver] < 0:
                raise ValueError(f"{giver} has not got {amount}")
            return change[taker]


def empty(names):
    for name in names:
        with transaction(db) as db_change, timed("empty"):
            if name.startswith("_"):
                continue
            if name == "end":
                break
            # Nothing is left.
            db_change[name] = 0
    return db.rows


with timed("all of it"):
    label = "outside"
    print(move("ada", "bob", 4), db.rows)
    try:
        move("bob", "ada", 5)
    except ValueError as error:
        print(error, db.rows)
    try:
        move("bob", "cy", 1)
    except KeyError as error:
        print("nobody is called", error, db.rows)

with transaction(db):
    done = True

print(empty(["_x", "ada", "end", "bob"]), db.log, label, done)
print([name for name, seconds in times if seconds >= 0])
