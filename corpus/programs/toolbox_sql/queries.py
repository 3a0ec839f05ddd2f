"""SQL with parameters: a query is text that is known when the program is expanded."""
from cython.meta import macro, comptime, uneval, codenode, error
from cython.meta import FIELD, FSTRING, TUPLE, VALUE, EMPTY

KEYWORDS = comptime(frozenset({"select", "insert", "update", "delete"}))


@comptime
def check(text, node):
    """Finds what can be found without a database."""
    words = text.replace("(", " ( ").replace(")", " ) ").split()
    if not words or words[0].lower() not in KEYWORDS:
        error(node, f"a query starts with one of {', '.join(sorted(KEYWORDS))}")
    if words.count("(") != words.count(")"):
        error(node, "the parentheses don't match")
    if "'" in text or '"' in text:
        error(node, "a value belongs in braces, not in quotes")


@macro
def sql(query):
    """`sql(f"... where id = {user_id}")` is the pair ("... where id = ?", (user_id,))."""
    tree = uneval(query)
    text, params = "", []
    if tree.op == VALUE:
        text = tree.args[0]
    elif tree.op == FSTRING:
        for part in tree.args:
            if part.op == FIELD:
                value, spec = part.args
                if part.name or spec.op != EMPTY:
                    error(part, "a parameter isn't formatted")
                text += "?"
                params.append(value)
            else:
                text += part.args[0]
    else:
        error(tree, "the text of a query has to be written out")
    text = " ".join(text.split())
    check(text, tree)
    return codenode(TUPLE, [codenode(VALUE, [text]), codenode(TUPLE, params)])
