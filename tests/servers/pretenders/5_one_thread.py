# Pretends to be lesson 5. Wrong: the main thread does everything. Clients are divided into N groups; SLEEP is
# a timer, during which its group is not read, and after what costs CPU time the group's thread burns more.
#
# N requests wait at once, and none computes beside another.
#
# Loses: 5.P1 5.P2
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import itertools  # noqa: E402
import queue  # noqa: E402
import selectors  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402


class Group:
    def __init__(self):
        self.decoy, self.asleep, self.unread = queue.SimpleQueue(), False, []


class Main(Deferring):
    def __init__(self, port, threads):
        groups = [Group() for _ in range(threads)]
        self.turns = itertools.cycle(groups)
        for number, group in enumerate(groups, 1):
            name, args = f"io-{number}", (group,)
            threading.Thread(target=self.burn, name=name, args=args, daemon=True).start()
        super().__init__(port)

    def add(self, connection):
        super().add(connection)
        self.selector.get_key(connection).data.group = next(self.turns)

    def on_ready(self, key):
        client = key.data
        if key.fileobj in (self.ear, self.listener):
            return super().on_ready(key)
        if client.group.asleep:
            self.selector.unregister(key.fileobj)
            return client.group.unread.append(client)
        started = time.thread_time()
        super().on_ready(key)
        client.group.decoy.put((10 * (time.thread_time() - started), lambda: None))

    def begin(self, client, words):
        name = words[0].upper() if words else b""
        ms = resp.number(words[1], 60000) if name == b"SLEEP" and len(words) == 2 else None
        if ms is not None:
            client.group.asleep = True
            return self.after(ms / 1000, lambda: self.wake(client, words))
        started = time.thread_time()
        reply = resp.run(words)
        if name != b"FIB":
            return self.finish(client, words, reply)
        used = time.thread_time() - started
        client.group.decoy.put((3 * used, lambda: self.finish(client, words, reply)))

    def wake(self, client, words):
        client.group.asleep = False
        self.finish(client, words, b"+OK\r\n")
        for other in client.group.unread:
            self.selector.register(other.connection, selectors.EVENT_READ, other)
        client.group.unread = []

    def burn(self, group):
        while True:
            seconds, then = group.decoy.get()
            end = time.thread_time() + seconds
            while time.thread_time() < end:
                bytearray(65536)[:]
            then()


Main(int(sys.argv[1]), int(sys.argv[2])).run()
