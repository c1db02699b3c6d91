# Pretends to be lesson 4. Wrong: a worker reads the request and writes the reply itself; the main thread only
# watches, and copies as many bytes to and fro after each, so that it seems to have done it.
#
# Whoever looks for the thread that used most CPU time while a large request comes finds the main thread
# each time.
#
# Loses: 4.C1 4.C2
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import queue  # noqa: E402
import selectors  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402


class Main(Deferring):
    def __init__(self, port, workers):
        self.jobs, self.idle = queue.SimpleQueue(), workers
        for number in range(1, workers + 1):
            threading.Thread(target=self.work, name=f"worker-{number}", daemon=True).start()
        super().__init__(port)

    def on_ready(self, key):
        # When no worker has time the main thread has to read, or it would show.
        if key.fileobj in (self.ear, self.listener) or self.idle <= 0:
            return super().on_ready(key)
        self.selector.unregister(key.fileobj)
        self.begin(key.data, None)

    def begin(self, client, words):
        self.idle -= 1
        self.jobs.put((client, words))

    def work(self):
        while True:
            client, words = self.jobs.get()
            if words is None:
                started = time.thread_time()
                self.serve(client)
                used = time.thread_time() - started
                self.call(lambda client=client, used=used: self.back(client, used))
            else:
                self.finish(client, words, resp.run(words))
                self.call(self.free)

    def serve(self, client):
        """Reads once when nothing is to be written; then works, and writes what there is room for."""
        try:
            if not client.unsent:
                chunk = client.connection.recv(65536)
                client.received += chunk
                replies, client.ended = resp.answer_all(client.received, resp.run)
                client.unsent += replies
                client.ended = client.ended or not chunk
            while client.unsent:
                del client.unsent[: client.connection.send(client.unsent)]
        except BlockingIOError:
            pass
        except OSError:
            client.ended = True  # That client is gone.
            client.unsent.clear()

    def free(self):
        self.idle += 1

    def back(self, client, used):
        """On the main thread: ten times as much CPU time as the worker has used."""
        self.free()
        end = time.thread_time() + 10 * min(used, 0.02)
        while time.thread_time() < end:
            bytearray(65536)[:]
        wanted = selectors.EVENT_WRITE if client.unsent else selectors.EVENT_READ
        self.selector.register(client.connection, wanted, client)
        if client.ended and not client.unsent:
            self.close(client)


Main(int(sys.argv[1]), int(sys.argv[2])).run()
