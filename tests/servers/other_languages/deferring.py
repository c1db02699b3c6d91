"""An event loop in which a request may be answered later, by whoever: the client waits unwatched."""
import functools
import heapq
import itertools
import selectors
import socket
import threading
import time
from collections import deque

import resp
from blocking import listen
from event_loop import Loop


class Deferring(Loop):
    """`begin` is given each request, and `finish` its reply; one request of a client at a time."""

    def __init__(self, port=None):
        super().__init__(port)
        self.calls, self.timers, self.numbers = deque(), [], itertools.count()
        self.bell, self.ear = socket.socketpair()
        self.bell.setblocking(False)
        self.ear.setblocking(False)
        self.selector.register(self.ear, selectors.EVENT_READ)

    def begin(self, client, words):
        self.finish(client, words, self.run_request(words))

    def call(self, what):
        """Has the loop's own thread do something. May be called by any thread."""
        self.calls.append(what)
        try:
            self.bell.send(b"x")
        except BlockingIOError:
            pass  # It rings already.

    def after(self, seconds, what):
        """Has something done later. For the loop's own thread only."""
        heapq.heappush(self.timers, (time.monotonic() + seconds, next(self.numbers), what))

    def finish(self, client, words, reply):
        """Answers a request that was begun. May be called by any thread."""

        def answer():
            client.unsent += reply
            client.ended = resp.closes(words)
            self.selector.register(client.connection, selectors.EVENT_READ, client)
            self.guarded(self.write, client)

        self.call(answer)

    def run(self, timeout=None):
        while True:
            if self.timers:
                timeout = max(0, self.timers[0][0] - time.monotonic())
            for key, _ in self.selector.select(timeout):
                self.on_ready(key)
            timeout = None
            while self.timers and self.timers[0][0] <= time.monotonic():
                heapq.heappop(self.timers)[2]()
            while self.calls:
                self.calls.popleft()()

    def on_ready(self, key):
        if key.fileobj is self.ear:
            self.ear.recv(65536)
        elif key.fileobj is self.listener:
            self.accept()
        else:
            self.guarded(self.write if key.data.unsent else self.read, key.data)

    def requests(self, client):
        try:
            words = resp.take(client.received)
        except resp.ProtocolError as error:
            client.unsent += error.reply
            client.ended = True
            return self.write(client)
        if words is None:
            return self.selector.modify(client.connection, selectors.EVENT_READ, client)
        self.selector.unregister(client.connection)
        self.begin(client, words)

    def write(self, client):
        try:
            while client.unsent:
                del client.unsent[: client.connection.send(client.unsent)]
        except BlockingIOError:
            return self.selector.modify(client.connection, selectors.EVENT_WRITE, client)
        if client.ended:
            return self.close(client)
        self.requests(client)


def deal(port, loops, name):
    """Runs each loop on a thread of its own, and gives them the connections in turn, for ever."""
    for number, loop in enumerate(loops, 1):
        threading.Thread(target=loop.run, name=f"{name}-{number}", daemon=True).start()
    with listen(port) as listener:
        for loop in itertools.cycle(loops):
            loop.call(functools.partial(loop.add, listener.accept()[0]))
