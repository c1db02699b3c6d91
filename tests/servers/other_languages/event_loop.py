"""An event loop over `selectors`: epoll on Linux. What a request's business is can be replaced."""
import selectors
import socket

import resp


class Client:
    """One connection. It is read again only when its replies are written."""

    def __init__(self, connection):
        self.connection = connection
        self.received = bytearray()
        self.unsent = bytearray()
        self.ended = False


class Loop:
    """With a port it listens there; without one it is given its clients."""

    def __init__(self, port=None, run=resp.run):
        self.run_request = run
        self.selector = selectors.DefaultSelector()
        self.listener = None
        if port is not None:
            self.share(socket.create_server(("127.0.0.1", port), backlog=511))

    def share(self, listener):
        """Accepts from it, as other processes may do too."""
        self.listener = listener
        self.listener.setblocking(False)
        self.selector.register(self.listener, selectors.EVENT_READ)

    def run(self, timeout=None):
        while True:
            for key, _ in self.selector.select(timeout):
                if key.fileobj is self.listener:
                    self.accept()
                else:
                    self.guarded(self.write if key.data.unsent else self.read, key.data)

    def accept(self):
        try:
            self.add(self.listener.accept()[0])
        except BlockingIOError:
            pass  # Another process was first.

    def add(self, connection):
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.selector.register(connection, selectors.EVENT_READ, Client(connection))

    def guarded(self, step, client):
        try:
            step(client)
        except BlockingIOError:
            pass
        except OSError:
            self.close(client)

    def read(self, client):
        chunk = client.connection.recv(65536)
        if not chunk:
            return self.close(client)
        client.received += chunk
        self.requests(client)

    def requests(self, client):
        """Answers every request that has come whole."""
        replies, client.ended = resp.answer_all(client.received, self.run_request)
        client.unsent += replies
        self.write(client)

    def write(self, client):
        """Writes what the kernel takes, and waits for room or for the next bytes."""
        if client.unsent:
            try:
                del client.unsent[: client.connection.send(client.unsent)]
            except BlockingIOError:
                pass
        if client.ended and not client.unsent:
            return self.close(client)
        wanted = selectors.EVENT_WRITE if client.unsent else selectors.EVENT_READ
        self.selector.modify(client.connection, wanted, client)

    def close(self, client):
        self.selector.unregister(client.connection)
        client.connection.close()
