"""A TCP proxy on loopback with faults that can be switched while connections are open."""

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum

LATENCY_SECONDS = 3.0
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Fault(StrEnum):
    NONE = "none"
    DOWN = "down"
    RESET = "reset"
    LATENCY = "latency"
    BLACK_HOLE = "black hole"


class FaultProxy:
    """Runs on a thread with an event loop of its own."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._fault = Fault.NONE
        self._open = asyncio.Event()
        self._open.set()
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def start(self) -> None:
        self._thread.start()
        self._call(self._listen())

    def stop(self) -> None:
        self._call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def set(self, fault: Fault) -> None:
        """Switches to a fault, for connections that are open as well as for new ones."""
        self._call(self._switch(fault))

    def _call(self, coroutine: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _unlisten(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _switch(self, fault: Fault) -> None:
        was, self._fault = self._fault, fault
        if fault is Fault.BLACK_HOLE:
            self._open.clear()
        else:
            self._open.set()
        if fault is Fault.DOWN:
            await self._unlisten()
        elif was is Fault.DOWN:
            await self._listen()
        if fault in {Fault.DOWN, Fault.RESET} or was is Fault.BLACK_HOLE:
            self._reset_all()

    async def _end(self) -> None:
        await self._unlisten()
        self._reset_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _reset_all(self) -> None:
        for writer in list(self._writers):
            reset(writer)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._writers.add(writer)
        try:
            await self._serve(reader, writer)
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._fault is Fault.RESET:
            reset(writer)
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers.add(back)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._copy(reader, back))
                tasks.create_task(self._copy(there, writer))
        finally:
            self._writers.discard(back)
            back.close()

    async def _copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(65_536):
                if self._fault is Fault.LATENCY:
                    await asyncio.sleep(LATENCY_SECONDS)
                await self._open.wait()
                sink.write(data)
                await sink.drain()
            sink.close()


def reset(writer: asyncio.StreamWriter) -> None:
    """Ends a connection with a reset instead of an orderly close."""
    connection: socket.socket | None = writer.get_extra_info("socket")
    if connection is not None:
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    writer.transport.abort()


@contextmanager
def fault_proxy(target: int) -> Iterator[FaultProxy]:
    proxy = FaultProxy(target)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
