# Pretends to be lesson 5. Wrong: the main thread reads and writes for everybody. The threads do the business,
# each that of its own clients, and copy buffers while the main thread does, so that they seem to read and
# write.
#
# A client whose thread is busy is not read, as in the model. But there is one channel for input and one exit.
#
# Loses: 5.P1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import itertools  # noqa: E402
import queue  # noqa: E402
import selectors  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402


class Worker:
    """A thread, and the clients that wait unread until it has done what it does."""

    def __init__(self):
        self.jobs, self.busy, self.unread = queue.SimpleQueue(), False, []


class Main(Deferring):
    def __init__(self, port, threads):
        workers = [Worker() for _ in range(threads)]
        self.turns = itertools.cycle(workers)
        for number, worker in enumerate(workers, 1):
            name, args = f"io-{number}", (worker,)
            threading.Thread(target=self.work, name=name, args=args, daemon=True).start()
        super().__init__(port)

    def add(self, connection):
        super().add(connection)
        self.selector.get_key(connection).data.worker = next(self.turns)

    def on_ready(self, key):
        client = key.data
        if key.fileobj in (self.ear, self.listener):
            return super().on_ready(key)
        if client.worker.busy and not client.unsent:
            self.selector.unregister(key.fileobj)
            return client.worker.unread.append(client)
        started = time.thread_time()
        super().on_ready(key)
        client.worker.jobs.put((None, None, 10 * (time.thread_time() - started)))

    def begin(self, client, words):
        client.worker.busy = True
        client.worker.jobs.put((client, words, 0))

    def work(self, worker):
        while True:
            client, words, seconds = worker.jobs.get()
            end = time.thread_time() + seconds
            while time.thread_time() < end:
                bytearray(65536)[:]
            if client is not None:
                reply = resp.run(words)
                self.call(lambda worker=worker: self.free(worker))
                self.finish(client, words, reply)

    def free(self, worker):
        worker.busy = False
        for client in worker.unread:
            self.selector.register(client.connection, selectors.EVENT_READ, client)
        worker.unread = []


Main(int(sys.argv[1]), int(sys.argv[2])).run()
