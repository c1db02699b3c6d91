# Pretends to be lesson 7. Wrong: the watching thread does the business, and for each FIB it starts a thread
# that only burns more CPU time than FIB has cost. SLEEP is a thread that waits.
#
# The thread is new, it stands out, and it is gone afterwards. But while one FIB is worked on, the watcher's
# other clients wait.
#
# Loses: 7.C1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import threading  # noqa: E402
import time  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring, deal  # noqa: E402


class Watcher(Deferring):
    def begin(self, client, words):
        name, started = words[0].upper() if words else b"", time.thread_time()
        reply = None if name == b"SLEEP" else resp.run(words)
        if name in (b"SLEEP", b"FIB"):
            args = (client, words, reply, 3 * (time.thread_time() - started))
            threading.Thread(target=self.event, args=args, daemon=True).start()
        else:
            self.finish(client, words, reply)

    def event(self, client, words, reply, seconds):
        end = time.thread_time() + seconds
        while time.thread_time() < end:
            pass
        self.finish(client, words, resp.run(words) if reply is None else reply)


deal(int(sys.argv[1]), [Watcher() for _ in range(int(sys.argv[2]))], "watch")
