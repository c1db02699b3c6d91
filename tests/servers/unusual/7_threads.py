# Right for lesson 7, and unusual: Python threads, one for each event, beside watchers that wait with a
# selector. The interpreter lets one of them run at a time.
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import selectors  # noqa: E402
import threading  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring, deal  # noqa: E402


class Watcher(Deferring):
    """A client is taken out of the watching, served by a thread, and given back."""

    def on_ready(self, key):
        if key.fileobj is self.ear:
            return super().on_ready(key)
        self.selector.unregister(key.fileobj)
        threading.Thread(target=self.event, args=(key.data,), daemon=True).start()

    def event(self, client):
        try:
            client.connection.setblocking(True)
            if chunk := client.connection.recv(65536):
                client.received += chunk
                replies, client.ended = resp.answer_all(client.received, resp.run)
                client.connection.sendall(replies)
            client.ended = client.ended or not chunk
        except OSError:
            client.ended = True  # That client is gone.
        if client.ended:
            client.connection.close()
        else:
            self.call(lambda: self.selector.register(client.connection, selectors.EVENT_READ, client))


deal(int(sys.argv[1]), [Watcher() for _ in range(int(sys.argv[2]))], "watch")
