"""Proposes smaller programs."""

import ast

BLOCKS = ("body", "orelse", "finalbody")
NEVER_EMPTY = ("items", "cases", "names", "generators", "targets")
LISTS = ("decorator_list", "handlers", "ifs", "bases", "keywords", "args", "elts")


class Reducer(ast.NodeTransformer):
    """Applies the `wanted`-th of all reductions, counting on the way."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.count = -1

    def now(self) -> bool:
        self.count += 1
        return self.count == self.wanted

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.expr):
            return self.expression(node)
        self.lists(node)
        return self.generic_visit(node)

    def lists(self, node: ast.AST) -> None:
        for field, value in ast.iter_fields(node):
            if not isinstance(value, list):
                continue
            if value and isinstance(value[0], ast.stmt):
                self.statements(value, field)
            elif field in (*NEVER_EMPTY, *LISTS):
                least = field in NEVER_EMPTY
                for item in list(value):
                    if len(value) > least and self.now():
                        value.remove(item)
                        return
        if isinstance(node, ast.Dict):
            for at in range(len(node.keys)):
                if self.now():
                    del node.keys[at], node.values[at]
                    return
        if isinstance(node, ast.BoolOp):
            for item in list(node.values):
                if len(node.values) > 2 and self.now():
                    node.values.remove(item)
                    return
        if isinstance(node, ast.Compare) and len(node.ops) > 1 and self.now():
            node.ops.pop()
            node.comparators.pop()

    def statements(self, body: list[ast.stmt], field: str) -> None:
        if len(body) > 3:
            half = len(body) // 2
            for part in (slice(0, half), slice(half, None)):
                if self.now():
                    del body[part]
                    return
        for stmt in list(body):
            at = body.index(stmt)
            if not isinstance(stmt, ast.Pass) and self.now():
                del body[at]
                if not body and field == "body":
                    body.append(ast.Pass())
                return
            inner = [getattr(stmt, name, None) for name in BLOCKS]
            inner += [h.body for h in getattr(stmt, "handlers", [])]
            inner += [c.body for c in getattr(stmt, "cases", [])]
            for block in inner:
                if block and isinstance(block, list) and self.now():
                    body[at : at + 1] = block
                    return
            value = getattr(stmt, "value", None) or getattr(stmt, "test", None)
            if isinstance(value, ast.expr) and not isinstance(stmt, ast.Expr) and self.now():
                body[at] = ast.Expr(value)
                return

    def expression(self, node: ast.expr) -> ast.AST:
        place = getattr(node, "ctx", None)
        if not isinstance(place, (ast.Store, ast.Del)):
            if not isinstance(node, (ast.Constant, ast.Name, ast.FormattedValue)):
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, (ast.keyword, ast.FormattedValue)):
                        child = child.value
                    if isinstance(child, ast.expr) and self.now():
                        return child.value if isinstance(child, ast.Starred) else child
            if not isinstance(node, (ast.Constant, ast.FormattedValue)) and self.now():
                return ast.Constant(0)
        self.lists(node)
        return self.generic_visit(node)


def reductions(text: str) -> list[str]:
    """Smaller programs, the boldest first."""
    try:
        start = ast.unparse(ast.parse(text))
    except (SyntaxError, RecursionError):
        return []
    found = [start] if start != text.rstrip() else []
    seen = {text.rstrip(), start}
    wanted = 0
    while True:
        reducer = Reducer(wanted)
        tree = reducer.visit(ast.parse(text))
        if reducer.count < wanted:
            return found
        wanted += 1
        try:
            smaller = ast.unparse(ast.fix_missing_locations(tree))
            compile(smaller, "smaller", "exec")
        except Exception:  # noqa: BLE001, S112  (a tree that is no program)
            continue
        if smaller not in seen and len(smaller) < len(start):
            seen.add(smaller)
            found.append(smaller)
