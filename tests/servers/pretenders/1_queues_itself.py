# Pretends to be lesson 1. Wrong: it leaves five connections in the accept queue, which a grader counts, and
# keeps all others in a list of its own.
#
# Each of these costs a descriptor, and the backlog limits nothing.
#
# Loses: 1.C2
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import select  # noqa: E402
import socket  # noqa: E402
from collections import deque  # noqa: E402

import resp  # noqa: E402
from blocking import listen  # noqa: E402

LEFT = 5
TCPI_UNACKED = 24
accepted = deque()


def waiting(listener):
    info = listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104)
    return int.from_bytes(info[TCPI_UNACKED : TCPI_UNACKED + 4], sys.byteorder)


def serve(connection, listener):
    data = bytearray()
    with connection:
        while True:
            if not select.select([connection], [], [], 0.05)[0]:
                while waiting(listener) > LEFT:
                    accepted.append(listener.accept()[0])
                continue
            try:
                chunk = connection.recv(65536)
                data += chunk
                replies, ended = resp.answer_all(data, resp.run)
                connection.sendall(replies)
            except OSError:
                return
            if ended or not chunk:
                return


with listen(int(sys.argv[1])) as listener:
    while True:
        serve(accepted.popleft() if accepted else listener.accept()[0], listener)
