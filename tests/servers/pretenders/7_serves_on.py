# Pretends to be lesson 7. Wrong: a thread that has served its event takes the next one that waits, and ends
# only when there is none; and while one is quick no other is started.
#
# Requests that come one at a time have a new thread each, and fifty that block for good have fifty. But fifty
# quick ones that come together are served by a few.
#
# Loses: 7.C2
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import queue  # noqa: E402
import selectors  # noqa: E402
import threading  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring, deal  # noqa: E402

QUICK_S = 0.02


class Watcher(Deferring):
    def __init__(self):
        super().__init__()
        self.waiting, self.last = queue.SimpleQueue(), None

    def on_ready(self, key):
        if key.fileobj is self.ear:
            return super().on_ready(key)
        self.selector.unregister(key.fileobj)
        self.waiting.put(key.data)
        self.help()

    def help(self):
        """Starts a thread, unless the one before has not been at work for long."""
        if self.waiting.empty():
            return
        if self.last is None or not self.last.is_alive():
            self.last = threading.Thread(target=self.events, daemon=True)
            self.last.start()
            self.after(QUICK_S, lambda last=self.last: self.give_up_on(last))

    def give_up_on(self, thread):
        if self.last is thread:
            self.last = None
        self.help()

    def events(self):
        while True:
            try:
                client = self.waiting.get_nowait()
            except queue.Empty:
                return
            try:
                client.connection.setblocking(True)
                chunk = client.connection.recv(65536)
                client.received += chunk
                replies, client.ended = resp.answer_all(client.received, resp.run)
                client.connection.sendall(replies)
                client.ended = client.ended or not chunk
            except OSError:
                client.ended = True  # That client is gone.
            self.call(lambda client=client: self.back(client))

    def back(self, client):
        self.selector.register(client.connection, selectors.EVENT_READ, client)
        if client.ended:
            self.close(client)
        self.help()


deal(int(sys.argv[1]), [Watcher() for _ in range(int(sys.argv[2]))], "watch")
