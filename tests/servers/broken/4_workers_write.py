# Pretends to be lesson 4. Wrong: a worker writes the reply itself, and waits until the client takes it.
#
# People spare the way back to the loop. A client that does not read now holds up a worker, and as many
# of them as there are workers stop the server; in C, two threads on one descriptor are the next trap.
#
# Loses 4.C2: thread \d+ reads, and the replies to 2 clients were written by \d+
# Loses 4.R1: the server's close after QUIT: nothing comes
import queue
import selectors
import socket
import sys
import threading
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "other_languages"))
import resp  # noqa: E402
from event_loop import Loop  # noqa: E402


class Pool(Loop):
    def __init__(self, port, workers):
        super().__init__(port)
        self.jobs, self.done = queue.Queue(), queue.Queue()
        self.bell, self.ear = socket.socketpair()
        self.selector.register(self.ear, selectors.EVENT_READ, self)
        for _ in range(workers):
            threading.Thread(target=self.work, daemon=True).start()

    def work(self):
        while True:
            client, words = self.jobs.get()
            reply = resp.run(words)
            try:
                client.connection.setblocking(True)
                client.connection.sendall(reply)
                client.connection.setblocking(False)
            except OSError:
                client.ended = True
            self.done.put(client)
            self.bell.send(b"x")

    def requests(self, client):
        """One request goes to a worker; until it is done the client is not watched."""
        words = resp.take(client.received)
        if words is not None:
            self.selector.unregister(client.connection)
            self.jobs.put((client, words))

    def read(self, client):
        if client is not self:
            return super().read(client)
        self.ear.recv(1)
        done = self.done.get()
        self.selector.register(done.connection, selectors.EVENT_READ, done)
        if done.ended:
            self.close(done)
        else:
            self.requests(done)

    unsent = b""


Pool(int(sys.argv[1]), int(sys.argv[2])).run()
