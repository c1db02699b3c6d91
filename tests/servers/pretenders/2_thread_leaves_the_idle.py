# Pretends to be lesson 2. Wrong: a thread whose client has said nothing for two seconds ends. The connection
# goes to an event loop, and gets a new thread when it speaks again.
#
# Right after the last request each idle client has its thread, as the lesson says. A thousand that have been
# idle for long have none.
#
# Loses: 2.C2
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import select  # noqa: E402
import selectors  # noqa: E402
import threading  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402

PATIENCE_S = 2


class Main(Deferring):
    def add(self, connection):
        super().add(connection)
        self.start(self.selector.get_key(connection))

    def on_ready(self, key):
        if key.fileobj in (self.ear, self.listener):
            return super().on_ready(key)
        self.start(key)

    def start(self, key):
        self.selector.unregister(key.fileobj)
        threading.Thread(target=self.serve, args=(key.data,), daemon=True).start()

    def serve(self, client):
        """Until the client ends, or has been idle for too long."""
        connection = client.connection
        try:
            connection.setblocking(True)
            while not client.ended and select.select([connection], [], [], PATIENCE_S)[0]:
                chunk = connection.recv(65536)
                client.received += chunk
                replies, client.ended = resp.answer_all(client.received, resp.run)
                connection.sendall(replies)
                client.ended = client.ended or not chunk
        except OSError:
            client.ended = True  # That client is gone.
        if client.ended:
            connection.close()
        else:
            self.call(lambda: self.selector.register(connection, selectors.EVENT_READ, client))


Main(int(sys.argv[1])).run()
