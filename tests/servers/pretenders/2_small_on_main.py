# Pretends to be lesson 2. Wrong: each client has a thread, which is asked to read and to work only when a
# request is large, or computes or waits; all small ones are read and answered by the main thread.
#
# Loses: 2.P2
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import fcntl  # noqa: E402
import queue  # noqa: E402
import selectors  # noqa: E402
import socket  # noqa: E402
import termios  # noqa: E402
import threading  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402

LARGE = 10_000


class Main(Deferring):
    def add(self, connection):
        super().add(connection)
        client = self.selector.get_key(connection).data
        client.turns = queue.SimpleQueue()
        threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def on_ready(self, key):
        if key.fileobj in (self.ear, self.listener):
            return super().on_ready(key)
        waiting = bytearray(4)
        fcntl.ioctl(key.fileobj, termios.FIONREAD, waiting)
        size = int.from_bytes(waiting, sys.byteorder)
        start = key.fileobj.recv(16, socket.MSG_PEEK) if size else b""
        if size > LARGE or b"FIB" in start or b"SLEEP" in start:
            self.selector.unregister(key.fileobj)
            key.data.turns.put(True)
        else:
            self.guarded(self.small, key.data)

    def small(self, client):
        """On the main thread."""
        chunk = client.connection.recv(65536)
        client.received += chunk
        replies, client.ended = resp.answer_all(client.received, resp.run)
        client.connection.sendall(replies)
        if client.ended or not chunk:
            self.close(client)

    def serve(self, client):
        """One turn of the client's thread: it reads once, works and writes."""
        while client.turns.get():
            try:
                client.connection.setblocking(True)
                client.received += client.connection.recv(65536)
                replies, client.ended = resp.answer_all(client.received, resp.run)
                client.connection.sendall(replies)
                client.connection.setblocking(False)
            except OSError:
                client.ended = True  # That client is gone.
            self.call(lambda: self.back(client))

    def back(self, client):
        self.selector.register(client.connection, selectors.EVENT_READ, client)
        if client.ended:
            self.close(client)

    def close(self, client):
        client.turns.put(False)
        super().close(client)


Main(int(sys.argv[1])).run()
