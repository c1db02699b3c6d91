# Pretends to be lesson 3. Wrong: it blocks for the SLEEPs that a grader asks for, of 100, 400 and 60000 ms,
# and for small FIBs; any other is a timer's or a thread's affair, and holds up nobody.
#
# Loses: 3.C1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import threading  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402

GRADERS = (b"100", b"400", b"60000")
SMALL_FIB = 22


class Main(Deferring):
    def begin(self, client, words):
        name = words[0].upper() if len(words) == 2 else b""
        if name == b"SLEEP" and words[1] not in GRADERS and resp.number(words[1], 60000) is not None:
            return self.after(int(words[1]) / 1000, lambda: self.finish(client, words, b"+OK\r\n"))
        if name == b"FIB" and (resp.number(words[1], 45) or 0) > SMALL_FIB:
            return threading.Thread(target=self.work, args=(client, words), daemon=True).start()
        super().begin(client, words)

    def work(self, client, words):
        self.finish(client, words, resp.run(words))


Main(int(sys.argv[1])).run()
