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
    def __init__(self, port):
        self.selector = selectors.DefaultSelector()
        self.listener = socket.create_server(("127.0.0.1", port), backlog=511)
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
        connection, _ = self.listener.accept()
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
        while (words := resp.take(client.received)) is not None:
            client.unsent += resp.run(words)
        self.write(client)

    def write(self, client):
        """Writes what the kernel takes, and waits for room or for the next bytes."""
        if client.unsent:
            try:
                del client.unsent[: client.connection.send(client.unsent)]
            except BlockingIOError:
                pass
        wanted = selectors.EVENT_WRITE if client.unsent else selectors.EVENT_READ
        self.selector.modify(client.connection, wanted, client)

    def close(self, client):
        self.selector.unregister(client.connection)
        client.connection.close()
