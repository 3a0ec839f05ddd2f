# What is read from JSON has to be a tree; the message says where it isn't.
from cython.meta import macro, codenode, NEG


@macro
def read(text):
    return codenode.from_json(text)


print(read("no JSON"))
print(read('{"format": "codenode", "version": 1, "nodes": [{"op": "VAR"}]}'))
print(read('{"format": "codenode", "version": 1, "nodes": [{"op": "NEG", "args": [1]}]}'))


@macro
def written(x):
    return codenode.from_json(codenode(NEG, [x * 2]).json())


def f(x):
    return written(next(x))
