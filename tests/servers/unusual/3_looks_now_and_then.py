# Right for lesson 3 but for its wait: it sleeps for 100 ms, and then looks at what is ready.
#
# Each reply comes up to 100 ms late, and yet it comes; one thread serves all, one request at a time. Only
# that the loop blocks *until something is ready* is not so: it asks again and again.
#
# Loses: 3.P3
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import time  # noqa: E402

from event_loop import Loop  # noqa: E402


class Looking(Loop):
    def run(self):
        while True:
            time.sleep(0.1)
            for key, _ in self.selector.select(0):
                if key.fileobj is self.listener:
                    self.accept()
                else:
                    self.guarded(self.write if key.data.unsent else self.read, key.data)


Looking(int(sys.argv[1])).run()
