"""Drives a prompt through a terminal, as a person would, by a plan: JSON on standard input.

The plan is a list of steps. `["type", text]` pastes an input, presses Enter and waits until it
has run; `["start", text]` doesn't wait, and `["finish"]` does later; `["keys", keys, text]` presses
keys and waits until `text` is on the screen; `["wait", text]` waits for output; `["interrupt"]` is
Ctrl-C, and `["insist"]` is Ctrl-C now and then until the input has ended. What each input put on the screen is written to standard output, as JSON.
"""

import json
import os
import pty
import re
import select
import signal
import sys
import time

# The editor turns bracketed paste on while it reads a line, and off while an input runs.
READING, RUNNING = b"\x1b[?2004h", b"\x1b[?2004l"
PATIENCE = 60
INSISTENCE = 4
ESCAPES = re.compile(r"\x1b(\[[0-9;?<>=]*[A-Za-z]|\][^\x07]*\x07|[=>78])")


def plain(data):
    text = ESCAPES.sub("", data.decode("utf-8", "replace"))
    return text.replace("\r\n", "\n").replace("\r", "")


class Terminal:
    def __init__(self, command):
        self.seen = b""
        self.answered = 0
        self.inputs = []
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # Whoever runs this in the background, or under nohup, has these ignored.
            for number in signal.SIGINT, signal.SIGHUP:
                signal.signal(number, signal.SIG_DFL)
            os.execvp(command[0], command)
        self.start = self.until(lambda: self.seen.find(READING))

    def until(self, found):
        """Reads until `found` gives a place; -1 if the session ends before."""
        deadline = time.monotonic() + PATIENCE
        while (at := found()) < 0:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                sys.exit("it waits in vain after:\n" + plain(self.seen[-3000:]))
            if not self.read():
                return -1
        return at

    def read(self):
        """Takes in what is there; False if the session has ended."""
        try:
            self.seen += os.read(self.fd, 65536)
        except OSError:
            return False
        # A terminal tells where its cursor is when it is asked.
        while (asked := self.seen.find(b"\x1b[6n", self.answered)) >= 0:
            self.answered = asked + 4
            os.write(self.fd, b"\x1b[1;1R")
        return True

    def type(self, text):
        self.start_input(text)
        self.finish()

    def start_input(self, text):
        os.write(self.fd, b"\x1b[200~" + text.encode() + b"\x1b[201~\r")
        self.until(lambda: self.seen.find(RUNNING, self.start))

    def finish(self):
        begin = self.until(lambda: self.seen.find(RUNNING, self.start))
        end = self.until(lambda: self.seen.find(READING, begin))
        shown = self.seen[begin:] if end < 0 else self.seen[begin:end]
        self.inputs.append(plain(shown).removeprefix("\n"))
        self.start = end

    def keys(self, keys, text):
        mark = len(self.seen)
        os.write(self.fd, keys.encode())
        self.until(lambda: plain(self.seen[mark:]).find(text))

    def wait(self, text):
        self.until(lambda: plain(self.seen[self.start:]).find(text))

    def interrupt(self):
        os.write(self.fd, b"\x03")

    def insist(self):
        begin = self.until(lambda: self.seen.find(RUNNING, self.start))
        while self.seen.find(READING, begin) < 0:
            self.interrupt()
            deadline = time.monotonic() + INSISTENCE
            while (left := deadline - time.monotonic()) > 0 and self.seen.find(READING, begin) < 0:
                if select.select([self.fd], [], [], left)[0] and not self.read():
                    return
        self.finish()

    def close(self):
        os.close(self.fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def main():
    terminal = Terminal(sys.argv[1:])
    banner = plain(terminal.seen[:terminal.start])
    for step, *given in json.load(sys.stdin):
        getattr(terminal, "start_input" if step == "start" else step)(*given)
    status = terminal.close()
    json.dump({"banner": banner, "inputs": terminal.inputs, "status": status}, sys.stdout)


main()
