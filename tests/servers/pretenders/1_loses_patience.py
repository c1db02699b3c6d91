# Pretends to be lesson 1. Wrong: a client that has said nothing for two seconds loses its turn, and from
# then on all are served together.
#
# A grader that looks for a tenth of a second whether an idle client holds up the next one goes away
# content. For a client that waits, two seconds or for ever is all the difference.
#
# Loses: 1.C1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import select  # noqa: E402

import resp  # noqa: E402
from blocking import listen  # noqa: E402
from event_loop import Loop  # noqa: E402

PATIENCE_S = 2


def serve(connection):
    """One client. Returns True when it has been idle for too long."""
    data = bytearray()
    while select.select([connection], [], [], PATIENCE_S)[0]:
        try:
            chunk = connection.recv(65536)
            data += chunk
            replies, ended = resp.answer_all(data, resp.run)
            connection.sendall(replies)
        except OSError:
            return connection.close()
        if ended or not chunk:
            return connection.close()
    return True


with listen(int(sys.argv[1])) as listener:
    connection = listener.accept()[0]
    while not serve(connection):
        connection = listener.accept()[0]
    loop = Loop()
    loop.share(listener)
    loop.add(connection)
    loop.run()
