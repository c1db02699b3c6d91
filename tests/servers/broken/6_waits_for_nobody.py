# Pretends to be lesson 6. Wrong: it starts its processes, and never asks whether one has ended.
#
# A parent that does not wait keeps the number of each dead child, a zombie (僵尸进程), and learns of no
# death: nothing comes in its place.
#
# Loses 6.P2: process \d+ was killed, and none took its place; it ended, and nobody waited for it
import signal
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import prefork  # noqa: E402
from blocking import listen  # noqa: E402
from event_loop import Loop  # noqa: E402

listener = listen(int(sys.argv[1]))


def serve():
    loop = Loop()
    loop.share(listener)
    loop.run()


for _ in range(int(sys.argv[2])):
    prefork.fork(serve)
signal.pause()
