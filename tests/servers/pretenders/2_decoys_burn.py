# Pretends to be lesson 2. Wrong: one thread does everything, SLEEP is a timer, and a client's thread burns
# CPU time after each FIB so that it seems to have done it.
#
# FIB itself runs on the main thread; the decoy then counts for three times as long, and whoever looks for the
# thread that used most finds the client's own. Two clients never compute at once.
#
# Loses: 2.P2
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import queue  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402

import resp  # noqa: E402
from deferring import Deferring  # noqa: E402


class Main(Deferring):
    def add(self, connection):
        super().add(connection)
        client = self.selector.get_key(connection).data
        client.jobs = queue.SimpleQueue()
        threading.Thread(target=self.burn, args=(client,), daemon=True).start()

    def begin(self, client, words):
        name = words[0].upper() if words else b""
        value = resp.number(words[1], 60000) if name == b"SLEEP" and len(words) == 2 else None
        if value is not None:
            return self.after(value / 1000, lambda: self.finish(client, words, b"+OK\r\n"))
        started = time.thread_time()
        reply = resp.run(words)
        if name != b"FIB":
            return self.finish(client, words, reply)
        client.jobs.put((words, reply, 3 * (time.thread_time() - started)))

    def burn(self, client):
        while (job := client.jobs.get()) is not None:
            words, reply, seconds = job
            end = time.thread_time() + seconds
            while time.thread_time() < end:
                pass
            self.finish(client, words, reply)

    def close(self, client):
        client.jobs.put(None)
        super().close(client)


Main(int(sys.argv[1])).run()
