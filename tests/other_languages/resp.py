"""The protocol and the business for servers in Python: bytes in, replies out."""
import time


def take(data):
    """Takes the first request out of a bytearray. None: it has not come whole."""
    end = data.find(b"\n") + 1
    if end == 0:
        return None
    if data[:1] != b"*":
        words = bytes(data[:end]).split()
        del data[:end]
        return words
    words, at = [], end
    for _ in range(int(data[1:end])):
        start = data.find(b"\n", at) + 1
        if start == 0:
            return None
        stop = start + int(data[at + 1 : start])
        if len(data) < stop + 2:
            return None
        words.append(bytes(data[start:stop]))
        at = stop + 2
    del data[:at]
    return words


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def run(words):
    """Does one request's business. It may block. Returns the reply; nothing for an empty request."""
    if not words:
        return b""
    name = words[0].upper()
    if name == b"PING" and len(words) == 1:
        return b"+PONG\r\n"
    if name in (b"ECHO", b"PING") and len(words) == 2:
        return b"$%d\r\n%s\r\n" % (len(words[1]), words[1])
    if name == b"SLEEP" and len(words) == 2:
        time.sleep(int(words[1]) / 1000)
        return b"+OK\r\n"
    if name == b"FIB" and len(words) == 2:
        return b":%d\r\n" % fib(int(words[1]))
    return b"-ERR unknown command\r\n"
