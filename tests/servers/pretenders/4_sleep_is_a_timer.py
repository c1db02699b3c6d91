# Pretends to be lesson 4. Wrong: one thread does everything. SLEEP is a timer, of which as many run at once
# as there are to be workers, and the workers stand about.
#
# For business that waits it looks like a pool. Business that computes is done by the loop, one request at a
# time, and nobody is accepted or read meanwhile.
#
# Loses: 4.P1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import threading  # noqa: E402
from collections import deque  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402


class Main(Deferring):
    def __init__(self, port, workers):
        self.free, self.waiting = workers, deque()
        for number in range(1, workers + 1):
            idle = threading.Event()
            threading.Thread(target=idle.wait, name=f"worker-{number}", daemon=True).start()
        super().__init__(port)

    def begin(self, client, words):
        self.waiting.append((client, words))
        while self.free and self.waiting:
            self.start(*self.waiting.popleft())

    def start(self, client, words):
        sleeps = len(words) == 2 and words[0].upper() == b"SLEEP"
        ms = resp.number(words[1], 60000) if sleeps else None
        if ms is None:
            return self.finish(client, words, resp.run(words))
        self.free -= 1
        self.after(ms / 1000, lambda: self.wake(client, words))

    def wake(self, client, words):
        self.free += 1
        self.finish(client, words, b"+OK\r\n")
        if self.waiting:
            self.begin(*self.waiting.popleft())


Main(int(sys.argv[1]), int(sys.argv[2])).run()
