# Right for lesson 2, and unusual: the standard library's ThreadingTCPServer, with a queue of five.
#
# The library accepts with a poll that has a time-out of half a second, for its shutdown; that is its own
# affair. Each connection has a thread from its accept to its close.
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import socketserver  # noqa: E402

from blocking import serve  # noqa: E402


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        serve(self.request)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
