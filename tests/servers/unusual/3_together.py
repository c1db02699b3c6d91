# Right for lesson 3, and unusual: the loop works through all that one wait reported, and then writes all
# replies together, as Redis does.
#
# Requests that come together are still done one after the other, and the last one's client waits for the
# sum. But so does the first one's: there is no gap between the replies.
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import resp  # noqa: E402
from event_loop import Loop  # noqa: E402


class Together(Loop):
    def run(self):
        while True:
            self.answered = []
            for key, _ in self.selector.select():
                if key.fileobj is self.listener:
                    self.accept()
                else:
                    self.guarded(self.write if key.data.unsent else self.read, key.data)
            for client in self.answered:
                self.guarded(self.write, client)

    def requests(self, client):
        replies, client.ended = resp.answer_all(client.received, self.run_request)
        client.unsent += replies
        self.answered.append(client)


Together(int(sys.argv[1])).run()
