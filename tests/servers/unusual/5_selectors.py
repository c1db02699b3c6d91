# Right for lesson 5, and unusual: Python threads with a selector each, which share one interpreter's lock.
#
# A connection goes to the thread that has the fewest, and not to the next in turn.
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import threading  # noqa: E402

from blocking import listen  # noqa: E402
from deferring import Deferring  # noqa: E402


class Counting(Deferring):
    clients = 0

    def close(self, client):
        self.clients -= 1
        super().close(client)


loops = [Counting() for _ in range(int(sys.argv[2]))]
for number, loop in enumerate(loops, 1):
    threading.Thread(target=loop.run, name=f"io-{number}", daemon=True).start()
with listen(int(sys.argv[1])) as listener:
    while True:
        client = listener.accept()[0]
        fewest = min(loops, key=lambda loop: loop.clients)
        fewest.clients += 1
        fewest.call(lambda loop=fewest, client=client: loop.add(client))
