"""One connection served by the thread that calls: what models with a thread for each client do."""
import socket

import resp


def serve(connection, run=resp.run):
    """Reads, works and writes until the client ends, or asks for the end. Closes the connection."""
    data = bytearray()
    with connection:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            ended = False
            while not ended and (chunk := connection.recv(65536)):
                data += chunk
                replies, ended = resp.answer_all(data, run)
                connection.sendall(replies)
        except OSError:
            pass  # That client is gone.


def listen(port, backlog=511):
    return socket.create_server(("127.0.0.1", port), backlog=backlog)
