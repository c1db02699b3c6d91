# Pretends to be lesson 3. Wrong: when a request and the client's end come together, it sees the end, and
# closes without an answer.
#
# printf 'PING\r\n' | nc gets nothing. A client that half-closes while the server is busy with it gets all its
# replies, and so nobody notices.
#
# Loses: 3.R1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import select  # noqa: E402

from event_loop import Loop  # noqa: E402


class Dropping(Loop):
    busy = None

    def read(self, client):
        watch = select.poll()
        watch.register(client.connection, select.POLLRDHUP)
        # Whoever was served in this moment ended while it was.
        if watch.poll(0) and self.busy is not client:
            return self.close(client)
        self.busy = client
        super().read(client)

    def close(self, client):
        if self.busy is client:
            self.busy = None
        super().close(client)


Dropping(int(sys.argv[1])).run()
