# Pretends to be lesson 2. Wrong: the first 24 clients have a thread each, and all others share the main
# thread's event loop.
#
# A grader that counts the threads of twenty clients never meets the others.
#
# Loses: 2.C1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import threading  # noqa: E402

from blocking import serve  # noqa: E402
from event_loop import Loop  # noqa: E402

MOST = 24


class Main(Loop):
    threads = 0

    def add(self, connection):
        if self.threads >= MOST:
            return super().add(connection)
        self.threads += 1
        threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        serve(connection)
        self.threads -= 1


Main(int(sys.argv[1])).run()
