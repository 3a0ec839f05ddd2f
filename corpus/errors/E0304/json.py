# What is read from JSON has to be a tree; the message says where it isn't.
from cython.meta import macro, codenode


@macro
def read(text):
    return codenode.from_json(text)


print(read("no JSON"))
print(read('{"format": "codenode", "version": 1, "nodes": [{"op": "VAR"}]}'))
print(read('{"format": "codenode", "version": 1, "nodes": [{"op": "NEG", "args": [1]}]}'))
