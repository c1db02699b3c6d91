# Pretends to be lesson 6. Wrong: a process ends when the first of its clients leaves, and takes the others
# along; the main process starts another one.
#
# As long as nobody leaves it is the model, and whoever leaves last notices nothing.
#
# Loses: 6.R1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import os  # noqa: E402

import prefork  # noqa: E402
from blocking import listen  # noqa: E402
from event_loop import Loop  # noqa: E402

listener = listen(int(sys.argv[1]))


class Fragile(Loop):
    def close(self, client):
        os._exit(0)


def serve():
    loop = Fragile()
    loop.share(listener)
    loop.run()


prefork.keep(int(sys.argv[2]), serve)
