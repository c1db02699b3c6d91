# Pretends to be lesson 5. Wrong: the clients of a thread that has been busy for a second are given to another
# one, which has time.
#
# At first a blocked request holds up its thread's other clients, as it has to. A second later it holds up
# nobody.
#
# Loses: 5.C1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import select  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402

import resp  # noqa: E402
from blocking import listen  # noqa: E402
from deferring import Deferring  # noqa: E402
from event_loop import Client  # noqa: E402

PATIENCE_S = 1


class Thread(Deferring):
    """When the request under way was begun, and whose it is."""

    since = current = None

    def begin(self, client, words):
        self.current, self.since = client, time.monotonic()
        reply = resp.run(words)
        self.current = self.since = None
        self.finish(client, words, reply)

    def on_ready(self, key):
        # It may have been given away meanwhile.
        if key.fileobj in self.selector.get_map():
            super().on_ready(key)

    def give_away(self, other):
        """Called by the main thread, while this one is busy with a request and nothing else."""
        for key in list(self.selector.get_map().values()):
            if isinstance(key.data, Client) and key.data is not self.current:
                self.selector.unregister(key.fileobj)
                other.call(lambda key=key: other.selector.register(key.fileobj, key.events, key.data))


def steal(threads):
    free = [thread for thread in threads if thread.since is None]
    for thread in threads:
        if free and thread.since is not None and time.monotonic() - thread.since > PATIENCE_S:
            thread.give_away(free[0])


threads = [Thread() for _ in range(int(sys.argv[2]))]
for number, thread in enumerate(threads, 1):
    threading.Thread(target=thread.run, name=f"io-{number}", daemon=True).start()
with listen(int(sys.argv[1])) as listener:
    turn = 0
    while True:
        if not select.select([listener], [], [], PATIENCE_S)[0]:
            steal(threads)
            continue
        connection, thread = listener.accept()[0], threads[turn % len(threads)]
        thread.call(lambda connection=connection, thread=thread: thread.add(connection))
        turn += 1
