# Right for lesson 4, and unusual: Python's selectors, a queue, and threads that take turns at the
# interpreter's lock.
#
# Two workers never compute at the same time, whatever the machine; they wait at the same time. What a
# worker is told and tells goes through a queue and a socket pair.
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import queue  # noqa: E402
import threading  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402


class Pool(Deferring):
    def __init__(self, port, workers):
        self.jobs = queue.SimpleQueue()
        for number in range(1, workers + 1):
            threading.Thread(target=self.work, name=f"worker-{number}", daemon=True).start()
        super().__init__(port)

    def begin(self, client, words):
        self.jobs.put((client, words))

    def work(self):
        while True:
            client, words = self.jobs.get()
            self.finish(client, words, resp.run(words))


Pool(int(sys.argv[1]), int(sys.argv[2])).run()
