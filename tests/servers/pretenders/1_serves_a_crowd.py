# Pretends to be lesson 1. Wrong: when eight clients wait it serves everybody at once, on an event loop.
#
# As long as fewer wait, one is served at a time. Once a second it looks at how long the accept queue is,
# and a grader that never has eight of them wait, and looks whether one is served, sees model 1.
#
# Loses: 1.C1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import select  # noqa: E402
import socket  # noqa: E402

import resp  # noqa: E402
from blocking import listen  # noqa: E402
from event_loop import Client, Loop  # noqa: E402

CROWD = 8
TCPI_UNACKED = 24


def waiting(listener):
    info = listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
    return int.from_bytes(info[TCPI_UNACKED : TCPI_UNACKED + 4], sys.byteorder)


def serve(client, listener):
    """One client. Returns True when there is a crowd."""
    connection = client.connection
    while True:
        if not select.select([connection], [], [], 1)[0]:
            if waiting(listener) >= CROWD:
                return True
            continue
        try:
            chunk = connection.recv(65536)
            client.received += chunk
            replies, ended = resp.answer_all(client.received, resp.run)
            connection.sendall(replies)
            if ended or not chunk:
                return connection.close()
        except OSError:
            return connection.close()


with listen(int(sys.argv[1])) as listener:
    client = Client(listener.accept()[0])
    while not serve(client, listener):
        client = Client(listener.accept()[0])
    loop = Loop()
    loop.share(listener)
    loop.add(client.connection)
    loop.run()
