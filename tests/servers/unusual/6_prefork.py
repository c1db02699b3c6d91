# Right for lesson 6, and unusual: forked Python processes that wait for the one listening socket together
# with their clients; each that wakes up and finds it empty goes on waiting.
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


prefork.keep(int(sys.argv[2]), serve)
