# Right for lesson 1, and unusual: every reply comes half a second after the request.
#
# A server may wait for a database, a disk or a licence server before each reply. It waits for a time-out,
# and so comes back by itself: it is slow, and neither dead nor held up by anybody.
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import time  # noqa: E402

import resp  # noqa: E402
from blocking import listen, serve  # noqa: E402


def late(words):
    time.sleep(0.5)
    return resp.run(words)


with listen(int(sys.argv[1])) as listener:
    while True:
        serve(listener.accept()[0], late)
