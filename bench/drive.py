"""Requests to a server of this machine, and how long it takes: a plain driver over sockets; nothing is installed.

Each connection is kept open and asks for the next address as soon as it has the whole answer to the last one. The
driver takes its share of the same processors; the faster a server answers, the more that share holds it back.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import selectors
import socket
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)

PATIENCE = 60
"""Seconds after which a server that says nothing has failed."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a server did in a while: answers a second, the median time of one in seconds, kB of a body, bad answers."""

    rate: float
    median: float
    kilobytes: float
    bad: tuple[str, ...]


def load(ports: Sequence[int], addresses: Iterable[str], seconds: float, connections: int = 8, most: int = 0) -> Load:
    """How the servers behind the ports answer so many connections, shared evenly among them, for a while.

    The addresses are asked for in turn, each once and then from the first again; ``most`` ends it after so many.
    """
    asked = itertools.cycle(addresses)
    took: list[float] = []
    sizes: list[int] = []
    bad: list[str] = []
    with contextlib.ExitStack() as stack:
        ready = stack.enter_context(selectors.DefaultSelector())
        start = time.perf_counter()
        begun = 0
        for number in range(connections):
            line = stack.enter_context(contextlib.closing(_Line(ready, ports[number % len(ports)])))
            line.ask(next(asked))
            begun += 1
        while ready.get_map():
            heard = ready.select(PATIENCE)
            if not heard:
                raise SystemExit(f"no answer within {PATIENCE} s")
            for key, _events in heard:
                line = key.data
                if not line.read():
                    continue
                now = time.perf_counter()
                took.append(now - line.begun)
                sizes.append(line.size)
                if line.status != "200":
                    bad.append(f"{line.status} {line.address}")
                if now - start < seconds and not (most and begun >= most):
                    line.ask(next(asked))
                    begun += 1
                else:
                    line.close()
        whole = time.perf_counter() - start
    return Load(len(took) / whole, statistics.median(took), statistics.mean(sizes) / 1024, tuple(bad))


class _Line:
    """A connection that stays open, and the answer that comes through it: its parts are counted, not put together."""

    def __init__(self, ready: selectors.BaseSelector, port: int) -> None:
        self.ready, self.port = ready, port
        self.again = False
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.ready.register(self.socket, selectors.EVENT_READ, self)

    def close(self) -> None:
        if self.socket.fileno() >= 0:
            self.ready.unregister(self.socket)
            self.socket.close()

    def ask(self, address: str) -> None:
        """Sends the question; ``begun`` is when."""
        self.address, self.status, self.size = address, "", 0
        self.head, self.rest, self.tail = b"", -1, b""
        self.begun = time.perf_counter()
        question = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        try:
            self.socket.sendall(question)
        except ConnectionError:
            self._once_more()

    def _once_more(self) -> None:
        """A server may close a line that stayed open; who asked does so again, as browsers do."""
        if self.again:
            raise SystemExit(f"the server closes its lines instead of answering {self.address}")
        self.close()
        self._open()
        begun, self.again = self.begun, True
        self.ask(self.address)
        self.begun = begun

    def read(self) -> bool:
        """Takes what has come; says whether that was the end of the answer."""
        try:
            part = self.socket.recv(2**18)
        except ConnectionError:
            part = b""
        if not part:
            self._once_more()
            return False
        if not self.status:
            self.head += part
            head, found, part = self.head.partition(b"\r\n\r\n")
            if not found:
                return False
            self.status = head[9:12].decode()
            length = _LENGTH.search(head)
            self.rest = int(length[1]) if length else -1
        self.size += len(part)
        if self.rest >= 0:
            whole = self.size >= self.rest
        else:
            # In chunks: the last of them is empty. No chunk that is asked for here ends in a line with nothing but 0.
            self.tail = (self.tail + part)[-7:]
            whole = self.tail == b"\r\n0\r\n\r\n"
        if whole:
            self.again = False
        return whole
