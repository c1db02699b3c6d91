# Pretends to be lesson 3. Wrong: SLEEP blocks the loop for one second, and becomes a timer for the rest.
#
# Whoever looks for less than a second finds that everybody waits; after that everybody is served, though
# the request is still under way.
#
# Loses: 3.C1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import time  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402


class Main(Deferring):
    def begin(self, client, words):
        sleeps = len(words) == 2 and words[0].upper() == b"SLEEP"
        ms = resp.number(words[1], 60000) if sleeps else None
        if ms is None or ms <= 1000:
            return super().begin(client, words)
        time.sleep(1)
        self.after(ms / 1000 - 1, lambda: self.finish(client, words, b"+OK\r\n"))


Main(int(sys.argv[1])).run()
