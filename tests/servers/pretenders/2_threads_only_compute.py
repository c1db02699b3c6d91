# Pretends to be lesson 2. Wrong: the main thread reads and writes for everybody, and a client's thread is
# only called for SLEEP and FIB.
#
# It is an event loop with a worker for each connection: most requests never see their thread.
#
# Loses: 2.P2
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import queue  # noqa: E402
import threading  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402


class Main(Deferring):
    def add(self, connection):
        super().add(connection)
        client = self.selector.get_key(connection).data
        client.jobs = queue.SimpleQueue()
        threading.Thread(target=self.work, args=(client,), daemon=True).start()

    def begin(self, client, words):
        if words and words[0].upper() in (b"SLEEP", b"FIB"):
            client.jobs.put(words)
        else:
            self.finish(client, words, resp.run(words))

    def work(self, client):
        while (words := client.jobs.get()) is not None:
            self.finish(client, words, resp.run(words))

    def close(self, client):
        client.jobs.put(None)
        super().close(client)


Main(int(sys.argv[1])).run()
