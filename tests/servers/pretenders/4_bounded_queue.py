# Pretends to be lesson 4. Wrong: the queue has eight places, and the loop waits until there is room.
#
# Five clients that come while all workers are busy are accepted and read. With a few more the loop stands
# still, and nobody is accepted, read or written to.
#
# Loses: 4.P2
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import queue  # noqa: E402
import threading  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402

PLACES = 8


class Pool(Deferring):
    def __init__(self, port, workers):
        self.jobs = queue.Queue(PLACES)
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
