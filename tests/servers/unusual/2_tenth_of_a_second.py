# Right for lesson 2, and unusual: a thread for each connection, and every reply comes 100 ms late.
#
# Each client waits for its own reply only, however many wait.
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import threading  # noqa: E402
import time  # noqa: E402

import resp  # noqa: E402
from blocking import listen, serve  # noqa: E402


def late(words):
    time.sleep(0.1)
    return resp.run(words)


with listen(int(sys.argv[1])) as listener:
    while True:
        client = listener.accept()[0]
        threading.Thread(target=serve, args=(client, late), daemon=True).start()
