"""A state machine whose table is made, and checked, when the program is expanded."""
from cython.meta import comptime, unroll

RULES = comptime("""
    start   digit  int
    start   sign   signed
    start   dot    point
    signed  digit  int
    signed  dot    point
    int     digit  int
    int     dot    float
    point   digit  float
    float   digit  float
""")


@comptime
class Machine:
    """States and kinds of characters, numbered in the order in which the rules name them."""

    def __init__(self, rules):
        rows = [line.split() for line in rules.strip().splitlines()]
        self.states = list(dict.fromkeys(s for a, _, b in rows for s in (a, b)))
        self.kinds = list(dict.fromkeys(kind for _, kind, _ in rows))
        self.table = [[-1] * len(self.kinds) for _ in self.states]
        for state, kind, target in rows:
            cell = self.states.index(state), self.kinds.index(kind)
            assert self.table[cell[0]][cell[1]] == -1, f"two rules for {state} {kind}"
            self.table[cell[0]][cell[1]] = self.states.index(target)


STATES = comptime(tuple(Machine(RULES).states))
TABLE = comptime(tuple(tuple(row) for row in Machine(RULES).table))
KINDS = comptime({c: Machine(RULES).kinds.index(kind) for kind, chars in
                  {"digit": "0123456789", "sign": "+-", "dot": "."}.items() for c in chars})
FINAL = comptime({Machine(RULES).states.index(name) for name in ("int", "float")})


def kind_of(text):
    """What number the text is; None if it is none."""
    state = 0
    for c in text:
        if c not in KINDS:
            return None
        state = TABLE[state][KINDS[c]]
        if state < 0:
            return None
    return STATES[state] if state in FINAL else None


@unroll
def follow(state, text):
    """The same for a machine that is code: each state asks only for what it knows."""
    for target, kind in zip(TABLE[state], ("digit", "sign", "dot")):
        if target >= 0 and text:
            if text[0] in {"digit": "0123456789", "sign": "+-", "dot": "."}[kind]:
                return STATES[target], text[1:]
    return None, text


def start(text):
    return follow(0, text)


print([kind_of(text) for text in ("12", "-1.5", ".5", "1.", ".", "x", "", "+", "1-")])
print(start("12"), start("+1"), start("x"), follow(4, "1"), follow(3, ".."))
print(STATES, TABLE[1])
