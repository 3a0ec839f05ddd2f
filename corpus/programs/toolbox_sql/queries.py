"""SQL with parameters: a query is text that is known when the program is expanded."""
from cython.meta import macro, comptime, uneval, error
from cython.meta import FIELD, FSTRING, VALUE

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
        text = tree.value
    elif tree.op == FSTRING:
        for part in tree.parts:
            if part.op == FIELD:
                if part.name or part.format:
                    error(part, "a parameter isn't formatted")
                text += "?"
                params.append(part.value)
            else:
                text += part.value
    else:
        error(tree, "the text of a query has to be written out")
    text = " ".join(text.split())
    check(text, tree)
    return uneval((text, (*params,)))
