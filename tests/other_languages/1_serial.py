"""Model 1 in Python: one thread accepts a client, serves it until it closes, and accepts the next."""
import socket
import sys

import resp


def serve(connection):
    data = bytearray()
    while chunk := connection.recv(65536):
        data += chunk
        while (words := resp.take(data)) is not None:
            connection.sendall(resp.run(words))


with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=511) as listener:
    while True:
        client, _ = listener.accept()
        with client:
            try:
                serve(client)
            except OSError:
                pass  # That client is gone.
