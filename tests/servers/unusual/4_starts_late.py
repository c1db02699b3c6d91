# Right for lesson 4 but for one thing: as libuv's pool does, it starts its workers at the first request.
#
# From then on the pool is what it has to be. But a pool that is not there before the first client comes
# was not started beforehand.
#
# Loses: 4.P3
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import queue  # noqa: E402
import threading  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402


class Pool(Deferring):
    def __init__(self, port, workers):
        self.jobs, self.missing = queue.SimpleQueue(), workers
        super().__init__(port)

    def begin(self, client, words):
        for number in range(self.missing):
            threading.Thread(target=self.work, name=f"worker-{number + 1}", daemon=True).start()
        self.missing = 0
        self.jobs.put((client, words))

    def work(self):
        while True:
            client, words = self.jobs.get()
            self.finish(client, words, resp.run(words))


Pool(int(sys.argv[1]), int(sys.argv[2])).run()
