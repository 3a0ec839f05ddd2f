# A call with stars is worked out if it is known which parameters its arguments go to.
from cython.meta import unroll


@unroll
def styled(text, before="", after=""):
    if before:
        text = before + text
    if after:
        text = text + after
    return text


def f(x, parts, key, options):
    return (
        styled(*(x, "<")),
        styled(*[x], **{"after": ">"}),
        styled(*parts),
        styled(*[x, *parts]),
        styled(x, **options),
        styled(x, **{key: "="}),
        styled(x, **{"before": "-", **options}),
    )


print(f("x", ["p"], "after", {"after": "!"}))
