"""Requests to a server of this machine, and how long it takes: a plain driver over asyncio; nothing is installed.

Each connection is kept open and asks for the next address as soon as it has the whole answer to the last one. The
driver takes its share of the same processors; the faster a server answers, the more that share holds it back.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


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
    return asyncio.run(_load(ports, itertools.cycle(addresses), seconds, connections, most))


async def _load(ports: Sequence[int], addresses: Iterator[str], seconds: float, connections: int, most: int) -> Load:
    took: list[float] = []
    sizes: list[int] = []
    bad: list[str] = []
    start = time.perf_counter()
    end = start + seconds

    async def ask(port: int) -> None:
        lines = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
        while time.perf_counter() < end and not (most and len(took) >= most):
            address = next(addresses)
            begun = time.perf_counter()
            try:
                status, size = await _answer(*lines, port, address)
            except (asyncio.IncompleteReadError, ConnectionError):
                # A server may close a line that stayed open; who asked does so again, as browsers do.
                lines[1].close()
                lines = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
                status, size = await _answer(*lines, port, address)
            took.append(time.perf_counter() - begun)
            sizes.append(size)
            if status != "200":
                bad.append(f"{status} {address}")
        lines[1].close()

    await asyncio.gather(*(ask(ports[number % len(ports)]) for number in range(connections)))
    whole = time.perf_counter() - start
    return Load(len(took) / whole, statistics.median(took), statistics.mean(sizes) / 1024, tuple(bad))


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, address: str
) -> tuple[str, int]:
    """The status and the bytes of the body of the answer."""
    writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    return head.split(" ", 2)[1], await _body(reader, head)


async def _body(reader: asyncio.StreamReader, head: str) -> int:
    """The bytes of the body, read to its end."""
    fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    if "content-length" in fields:
        return len(await reader.readexactly(int(fields["content-length"])))
    size = 0
    while number := int((await reader.readuntil(b"\r\n")).strip(), 16):
        size += len(await reader.readexactly(number + 2)) - 2
    await reader.readexactly(2)
    return size
