# Pretends to be lesson 7. Wrong: only FIB and SLEEP get a thread of their own; every other request is read
# and answered by the watching thread.
#
# Loses: 7.C1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import threading  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring, deal  # noqa: E402


class Watcher(Deferring):
    def begin(self, client, words):
        if words and words[0].upper() in (b"SLEEP", b"FIB"):
            threading.Thread(target=self.event, args=(client, words), daemon=True).start()
        else:
            self.finish(client, words, resp.run(words))

    def event(self, client, words):
        self.finish(client, words, resp.run(words))


deal(int(sys.argv[1]), [Watcher() for _ in range(int(sys.argv[2]))], "watch")
