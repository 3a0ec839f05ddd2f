//! The places that call sites stand in: units of a program, each run by itself.

use super::writer::Row;

/// `$U` is the unit's name, `$P` its parameters, `$A` what it is called with, `$S` its body.
pub const UNITS: &[Row] = &[
    ("function", 24, "Sf", "def $U($P):\n    $S\ncall($U$A)"),
    ("generator function", 5, "Sfyz", "def $U($P):\n    yield\n    $S\ncall($U$A)"),
    ("coroutine", 5, "Sfa", "async def $U($P):\n    $S\ncall($U$A)"),
    ("async generator", 3, "Say", "async def $U($P):\n    yield\n    $S\ncall($U$A)"),
    ("module level", 6, "S", "try:\n    $S\nexcept Exception as error:\n    pair(error)"),
    ("bare module level", 3, "S", "$S"),
    ("lambda unit", 3, "S", "$U = lambda $P: $Y\ncall($U$A)"),
    ("method unit", 4, "Sf", "class $U:\n    def q(self, $P):\n        $S\ncall($U().q$A)"),
    ("class body", 3, "S", "def $U($P):\n    class K:\n        $S\n    return 1\ncall($U$A)"),
    (
        "nested function",
        3,
        "Sf",
        "def $U($P):\n    def inner():\n        $S\n    return inner()\ncall($U$A)",
    ),
    (
        "nonlocal",
        4,
        "Sf",
        "def $U($P):\n    $n = $x\n    def inner():\n        nonlocal $n\n        $S\n    return inner(), $n\ncall($U$A)",
    ),
    ("global unit", 3, "Sf", "def $U($P):\n    global G\n    G = $x\n    $S\ncall($U$A)"),
    ("decorated unit", 2, "Sf", "@keep($x)\ndef $U($P):\n    $S\ncall($U$A)"),
    (
        "decorated by a call",
        2,
        "S",
        "def $U():\n    @$m\n    def h():\n        return 1\n    return h\ncall($U)",
    ),
    ("default", 3, "Sf", "def $U(p=$x, *, q: $x = $x):\n    $S\ncall($U)"),
    (
        "class bases",
        2,
        "S",
        "def $U():\n    class K($x, $m):\n        p = $x\n    return K.p\ncall($U)",
    ),
    ("docstring", 2, "Sf", "def $U($P):\n    \"\"\"Says nothing.\"\"\"\n    return $m\ncall($U$A)"),
    ("returned", 8, "Sf", "def $U($P):\n    return $x\ncall($U$A)"),
    (
        "several parts",
        3,
        "Sf",
        "def $U($P):\n    for $n in $x:\n        $K\n    return $m, $x\ncall($U$A)",
    ),
];
