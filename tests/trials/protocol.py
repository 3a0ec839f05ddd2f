"""How a runner is asked and answers.

A request is a line of a word and a number of files, then those: a line `name length`, then that
many bytes. An answer is a line with the number of texts, then each as a line with its length and
its bytes.
"""

import sys
from collections.abc import Callable

from reductions import reductions

Files = dict[str, str]

requests = sys.stdin.buffer
answers = sys.stdout.buffer


def serve(run: Callable[[str, Files], str]) -> None:
    """Answers each request: for smaller programs, or how to run one."""
    while line := requests.readline().split():
        word, files = line[0].decode(), {}
        for _ in range(int(line[1])):
            name, length = requests.readline().split()
            files[name.decode()] = requests.read(int(length)).decode()
        send(reductions(files["text"]) if word == "reduce" else [run(word, files)])


def send(texts: list[str]) -> None:
    answers.write(b"%d\n" % len(texts))
    for text in texts:
        data = text.encode("utf-8", "backslashreplace")
        answers.write(b"%d\n" % len(data))
        answers.write(data)
    answers.flush()
