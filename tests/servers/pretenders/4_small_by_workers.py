# Pretends to be lesson 4. Wrong: the main thread reads what is large, and writes what waits for room; a small
# request is read, worked on and answered by a worker.
#
# Whoever asks with large requests only, since they cost CPU time that shows, finds one reader and one writer.
#
# Loses: 4.C1 4.C2
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import fcntl  # noqa: E402
import queue  # noqa: E402
import selectors  # noqa: E402
import termios  # noqa: E402
import threading  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402

LARGE = 1000


class Main(Deferring):
    def __init__(self, port, workers):
        self.jobs, self.idle = queue.SimpleQueue(), workers
        for number in range(1, workers + 1):
            threading.Thread(target=self.work, name=f"worker-{number}", daemon=True).start()
        super().__init__(port)

    def on_ready(self, key):
        client = key.data
        if key.fileobj in (self.ear, self.listener) or client.unsent or client.received:
            return super().on_ready(key)
        size = bytearray(4)
        fcntl.ioctl(key.fileobj, termios.FIONREAD, size)
        # When no worker has time the main thread has to read, or it would show.
        if self.idle <= 0 or int.from_bytes(size, sys.byteorder) > LARGE:
            return super().on_ready(key)
        self.selector.unregister(key.fileobj)
        self.begin(client, None)

    def begin(self, client, words):
        self.idle -= 1
        self.jobs.put((client, words))

    def work(self):
        while True:
            client, words = self.jobs.get()
            if words is None:
                self.serve(client)
                self.call(lambda client=client: self.back(client))
            else:
                self.finish(client, words, resp.run(words))
                self.call(self.free)

    def serve(self, client):
        """A small request from its first byte to its last."""
        try:
            chunk = client.connection.recv(LARGE)
            client.received += chunk
            replies, client.ended = resp.answer_all(client.received, resp.run)
            client.connection.setblocking(True)
            client.connection.sendall(replies)
            client.connection.setblocking(False)
            client.ended = client.ended or not chunk
        except OSError:
            client.ended = True  # That client is gone.

    def free(self):
        self.idle += 1

    def back(self, client):
        self.free()
        self.selector.register(client.connection, selectors.EVENT_READ, client)
        if client.ended:
            self.close(client)


Main(int(sys.argv[1]), int(sys.argv[2])).run()
