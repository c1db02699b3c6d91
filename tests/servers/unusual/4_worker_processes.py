# Right for lesson 4, and unusual: the workers are processes, forked beforehand, since Python's threads do
# not compute at the same time.
#
# The main process alone accepts, reads and writes. A pipe carries the request to whichever worker is
# free, and the reply back.
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import selectors  # noqa: E402
import socket  # noqa: E402
from collections import deque  # noqa: E402

import prefork  # noqa: E402
import resp  # noqa: E402
from deferring import Deferring  # noqa: E402


def work(pipe):
    while request := pipe.recv(2**20):
        data = bytearray(request)
        pipe.sendall(resp.run(resp.take(data)))


class Pool(Deferring):
    def __init__(self, port, workers):
        self.waiting, self.free = deque(), []
        for _ in range(workers):
            ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
            for end in (ours, theirs):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**21)
            prefork.fork(lambda pipe=theirs: work(pipe))
            theirs.close()
            self.free.append(ours)
        super().__init__(port)

    def begin(self, client, words):
        self.waiting.append((client, words))
        self.hand_out()

    def hand_out(self):
        while self.free and self.waiting:
            pipe = self.free.pop()
            client, words = self.waiting.popleft()
            pipe.sendall(b"*%d\r\n" % len(words) + b"".join(map(resp.bulk, words)))
            self.selector.register(pipe, selectors.EVENT_READ, (client, words))

    def on_ready(self, key):
        if not isinstance(key.data, tuple):
            return super().on_ready(key)
        self.selector.unregister(key.fileobj)
        self.finish(*key.data, key.fileobj.recv(2**20))
        self.free.append(key.fileobj)
        self.hand_out()


Pool(int(sys.argv[1]), int(sys.argv[2])).run()
