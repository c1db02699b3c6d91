"""The protocol and the business for servers in Python: bytes in, replies out."""
import os
import re
import threading
import time

MOST_LINE, MOST_BULK, MOST_WORDS = 64 * 1024, 512 * 1024, 64
NUMBER = re.compile(rb"0|[1-9][0-9]{0,8}")


class ProtocolError(Exception):
    """A malformed request: it is answered with `reply`, and the connection is closed."""

    def __init__(self, what):
        super().__init__(what)
        self.reply = b"-ERR Protocol error: %s\r\n" % what


def header(data, at, end, mark, most, what):
    number = bytes(data[at + 1 : end]).strip()
    if data[at : at + 1] != mark or not NUMBER.fullmatch(number) or int(number) > most:
        raise ProtocolError(what)
    return int(number)


def take(data):
    """Takes the first request out of a bytearray. None: it has not come whole."""
    end = data.find(b"\n") + 1
    if end == 0:
        if len(data) > MOST_LINE:
            raise ProtocolError(b"too big inline request")
        return None
    if data[:1] != b"*":
        words = bytes(data[:end]).split()
        del data[:end]
        return words
    words, at = [], end
    for _ in range(header(data, 0, end, b"*", MOST_WORDS, b"invalid multibulk length")):
        start = data.find(b"\n", at) + 1
        if start == 0:
            return None
        stop = start + header(data, at, start, b"$", MOST_BULK, b"invalid bulk length")
        if len(data) < stop + 2:
            return None
        words.append(bytes(data[start:stop]))
        at = stop + 2
    del data[:at]
    return words


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def bulk(text):
    return b"$%d\r\n%s\r\n" % (len(text), text)


def number(word, most):
    return int(word) if NUMBER.fullmatch(word) and int(word) <= most else None


class Business:
    """What the commands do. A server that pretends replaces what it fakes."""

    WORDS = {b"PING": (1, 2), b"ECHO": (2, 2), b"SLEEP": (2, 2), b"FIB": (2, 2), b"WHO": (1, 1),
             b"INFO": (1, 2), b"QUIT": (1, 1)}  # fmt: skip

    def __init__(self):
        self.commands = 0

    def sleep(self, ms):
        time.sleep(ms / 1000)

    def fib(self, n):
        return fib(n)

    def run(self, words):
        """Does one request's business. It may block. Returns the reply; nothing for an empty request."""
        if not words:
            return b""
        self.commands += 1
        name = words[0].upper()
        if name not in self.WORDS:
            return b"-ERR unknown command '%s'\r\n" % words[0][:128]
        least, most = self.WORDS[name]
        if not least <= len(words) <= most:
            return b"-ERR wrong number of arguments for '%s' command\r\n" % name.lower()
        return self.reply(name, words[1:])

    def reply(self, name, arguments):
        if name in (b"ECHO", b"PING"):
            return bulk(arguments[0]) if arguments else b"+PONG\r\n"
        if name == b"WHO":
            return bulk(threading.current_thread().name.encode())
        if name == b"INFO":
            return bulk(b"pid:%d\r\ntotal_commands:%d\r\n" % (os.getpid(), self.commands))
        if name == b"QUIT":
            return b"+OK\r\n"
        value = number(arguments[0], 45 if name == b"FIB" else 60000)
        if value is None:
            return b"-ERR value is not an integer or out of range\r\n"
        if name == b"FIB":
            return b":%d\r\n" % self.fib(value)
        self.sleep(value)
        return b"+OK\r\n"


def closes(words):
    """Whether the connection is to be closed when the request is answered."""
    return len(words) == 1 and words[0].upper() == b"QUIT"


def answer_all(data, run):
    """Answers every request that has come whole. Returns the replies, and whether to close then."""
    replies = bytearray()
    try:
        while (words := take(data)) is not None:
            replies += run(words)
            if closes(words):
                return replies, True
    except ProtocolError as error:
        return replies + error.reply, True
    return replies, False


run = Business().run
