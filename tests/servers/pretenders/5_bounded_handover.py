# Pretends to be lesson 5. Wrong: a thread can be handed three connections that it has not taken yet; at the
# fourth the main thread waits for it, and accepts nobody, though the other threads have nothing to do.
#
# Three late clients, when all threads are busy, are accepted. Eight, when one thread is busy, are not.
#
# Loses: 5.C1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import queue  # noqa: E402
import threading  # noqa: E402

from blocking import listen  # noqa: E402
from deferring import Deferring  # noqa: E402

MOST_HANDED = 3

loops = [Deferring() for _ in range(int(sys.argv[2]))]
handed = [queue.Queue(MOST_HANDED) for _ in loops]
for number, loop in enumerate(loops, 1):
    threading.Thread(target=loop.run, name=f"io-{number}", daemon=True).start()
with listen(int(sys.argv[1])) as listener:
    turn = 0
    while True:
        connection = listener.accept()[0]
        loop, queued = loops[turn % len(loops)], handed[turn % len(loops)]
        queued.put(connection)
        loop.call(lambda loop=loop, queued=queued: loop.add(queued.get()))
        turn += 1
