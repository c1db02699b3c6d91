# Pretends to be lesson 6. Wrong: the processes only pass requests on, and the main process does the business,
# with a thread for each of them; then the child burns more CPU time than that cost.
#
# The clients of one child wait for each other, each child counts for itself, and whoever is killed takes only
# its own clients along. But there is one process in which everything happens, and its end, or a request
# that breaks it, ends everybody.
#
# Loses: 6.C1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import os  # noqa: E402
import socket  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402

import prefork  # noqa: E402
import resp  # noqa: E402
from blocking import listen  # noqa: E402
from event_loop import Loop  # noqa: E402


def serve(listener, pipe):
    """A child: it accepts, reads and writes, and asks the main process what to write."""

    def forward(words):
        pipe.sendall(b"*%d\r\n" % len(words) + b"".join(map(resp.bulk, words)))
        reply = pipe.recv(2**20)
        end = time.thread_time() + 3 * float(pipe.recv(64))
        while time.thread_time() < end:
            pass
        return reply

    loop = Loop(run=forward)
    loop.share(listener)
    loop.run()


def work(pipe):
    """A thread of the main process: the business of one child's clients, until the child ends."""
    business = resp.Business()
    while request := pipe.recv(2**20):
        started = time.thread_time()
        pipe.sendall(business.run(resp.take(bytearray(request))) or b"\r\n")
        pipe.sendall(b"%f" % (time.thread_time() - started))


def start(listener):
    ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
    for end in (ours, theirs):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**21)
    prefork.fork(lambda: (ours.close(), serve(listener, theirs)))
    theirs.close()
    threading.Thread(target=work, args=(ours,), daemon=True).start()


listener = listen(int(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    start(listener)
while True:
    os.wait()
    start(listener)
