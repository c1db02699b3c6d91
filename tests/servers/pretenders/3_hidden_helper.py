# Pretends to be lesson 3. Wrong: the main process only accepts, and a helper that is none of its descendants
# serves each client with a thread of its own, one request at a time because of a lock.
#
# Whoever counts the threads of the main process and its children counts one, however many clients there
# are. The helper is an orphan, and ends with the main process.
#
# Loses: 3.P2
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import fcntl  # noqa: E402
import functools  # noqa: E402
import os  # noqa: E402
import select  # noqa: E402
import socket  # noqa: E402
import tempfile  # noqa: E402
import threading  # noqa: E402

import resp  # noqa: E402
from blocking import listen, serve  # noqa: E402

one_at_a_time = threading.Lock()


def locked(lock, words):
    """The file's lock keeps the main process from accepting meanwhile."""
    with one_at_a_time:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            return resp.run(words)
        finally:
            fcntl.flock(lock, fcntl.LOCK_UN)


def help_out(pipe, name):
    with open(name) as lock:
        while True:
            message, descriptors, _, _ = socket.recv_fds(pipe, 1, 1)
            if not message:
                os._exit(0)
            connection = socket.socket(fileno=descriptors[0])
            work = functools.partial(locked, lock)
            threading.Thread(target=serve, args=(connection, work), daemon=True).start()


def main(port):
    ours, theirs = socket.socketpair()
    with tempfile.NamedTemporaryFile() as file:
        if os.fork() == 0:
            if os.fork() != 0:
                os._exit(0)
            ours.close()
            help_out(theirs, file.name)
        os.wait()
        theirs.close()
        with listen(port) as listener, open(file.name) as lock:
            while True:
                connection = next_client(listener, lock)
                socket.send_fds(ours, [b"x"], [connection.fileno()])
                connection.close()


def next_client(listener, lock):
    """Waits until there is one, and then until no request is under way."""
    select.select([listener], [], [])
    fcntl.flock(lock, fcntl.LOCK_EX)
    connection = listener.accept()[0]
    fcntl.flock(lock, fcntl.LOCK_UN)
    return connection


main(int(sys.argv[1]))
