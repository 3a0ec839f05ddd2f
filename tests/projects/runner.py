"""Runs projects one after the other, each file that is run by itself in a process of its own.

A request is a line of words, then files: a line `name length`, then that many bytes. An answer is
a line with the number of texts, then each as a line with its length and its bytes.
"""

import os
import runpy
import shutil
import signal
import sys
import tempfile
import unittest.mock  # noqa: F401: loaded once for all
import warnings

requests = sys.stdin.buffer
answers = sys.stdout.buffer
warnings.simplefilter("ignore")
sys.dont_write_bytecode = True
SECONDS = 5

STUB = """
def macro(thing):
    return thing


comptime = unroll = macro
"""
STUBS = ("cython/__init__.py", "cython/meta.py", "uneval/__init__.py", "uneval/meta.py")


def write(root, name, text):
    path = os.path.join(root, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def is_entry(name):
    """Whether a file is run, not imported."""
    return name.rpartition("/")[2].startswith(("main", "run", "test_"))


def run(files, stubs):
    """What the entries of a project print, and how each ends."""
    root = tempfile.mkdtemp()
    try:
        for name, text in files.items():
            write(root, name, text)
        if stubs:
            for name in STUBS:
                write(root, name, STUB)
        entries = [name for name in files if is_entry(name)]
        return "".join(f"== {name}\n{process(root, name, stubs)}\n" for name in entries)
    finally:
        shutil.rmtree(root)


def process(root, name, stubs):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.dup2(writing, 1)
        sys.stdout = open(1, "w", encoding="utf-8")
        signal.alarm(SECONDS)
        entry(root, name, stubs)
        sys.stdout.flush()
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        printed = pipe.read()
    _, status = os.waitpid(child, 0)
    return printed.decode("utf-8", "replace") + ("!! killed" if status else "")


def entry(root, name, stubs):
    path = os.path.join(root, name)
    sys.path[0:1] = [os.path.dirname(path), root]
    if not stubs:
        sys.modules["cython"] = sys.modules["uneval"] = None
    try:
        runpy.run_path(path, run_name="__main__")
    except BaseException as error:
        text = str(error).replace(root, "")
        print(f"!! {type(error).__name__} {text}"[:300])


def answer(texts):
    answers.write(b"%d\n" % len(texts))
    for text in texts:
        data = text.encode("utf-8", "backslashreplace")
        answers.write(b"%d\n" % len(data))
        answers.write(data)
    answers.flush()


while True:
    line = requests.readline().split()
    if not line:
        break
    files = {}
    for _ in range(int(line[1])):
        name, length = requests.readline().split()
        files[name.decode()] = requests.read(int(length)).decode()
    answer([run(files, line[0] == b"plain")])
