"""Frames, limits and one call of CDP/1; the connection that they live on is in cdp.py."""
from __future__ import annotations

import asyncio
import struct
import time
import typing

from messages import Failure, Status

if typing.TYPE_CHECKING:
    from cdp import Connection

PREFACE = b"\x89CDP\r\n\x1a\n"
HEADER = struct.Struct("!IIBBH")
HEADERS, DATA, TRAILERS, RESET, WINDOW, PING, GOAWAY, HELLO = range(1, 9)
END_STREAM = ACK = 1
FLAGS = {HEADERS: 1, DATA: 1, TRAILERS: 0, RESET: 0, WINDOW: 0, PING: 1, GOAWAY: 0, HELLO: 0}
ON_CONNECTION = {PING, GOAWAY, HELLO}
(NO_ERROR, PROTOCOL_ERROR, INTERNAL_ERROR, FLOW_CONTROL_ERROR, STREAM_CLOSED, FRAME_SIZE_ERROR,
 REFUSED_STREAM, CANCEL, ENHANCE_YOUR_CALM, INADEQUATE_SECURITY, VERSION) = (
    0, 1, 2, 3, 5, 6, 7, 8, 11, 12, 256)
RESET_STATUS = {CANCEL: Status.CANCELLED, REFUSED_STREAM: Status.UNAVAILABLE,
                ENHANCE_YOUR_CALM: Status.RESOURCE_EXHAUSTED, VERSION: Status.UNAVAILABLE,
                INADEQUATE_SECURITY: Status.PERMISSION_DENIED}
VERSION_1_0 = 1 << 16
LAST_STREAM = 2**31 - 1


class Limits:
    """The table "Limits" of docs/protocol.md; the first five travel in HELLO."""

    frame, message, metadata, streams, window = 64 << 10, 4 << 20, 16 << 10, 128, 256 << 10
    bounds = {"frame": (16 << 10, 1 << 20), "message": (1, 64 << 20), "metadata": (1, 64 << 10),
              "streams": (1, 4096), "window": (1, 16 << 20)}
    entries, hello, remembered, queued_calls = 128, 64 << 10, 64, 1024
    status_message, details, error_text = 1 << 10, 16 << 10, 1 << 10
    handshake, idle, answer, unary_seconds = 5.0, 10.0, 5.0, 30.0
    resets_a_second, pings_a_second, unread_answers, budget = 100, 10, 4 << 20, 64 << 20

    @classmethod
    def of_peer(cls, hello) -> "Limits":
        limits = cls()
        for name, value in (("frame", hello.max_frame), ("message", hello.max_message),
                            ("metadata", hello.max_metadata), ("streams", hello.max_streams),
                            ("window", hello.stream_window)):
            low, high = cls.bounds[name]
            setattr(limits, name, min(max(value, low), high) if value else getattr(cls, name))
        return limits


class WorkerLimits(Limits):
    """A worker's coordinator passes on what all its clients do, each within its own limits: their
    resets together, and their metadata with its own stamp on top."""

    metadata, resets_a_second = 18 << 10, None


class Broken(Exception):
    """A rule that the peer broke; ends the connection with GOAWAY."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Stream:
    """One call, on either side."""

    def __init__(self, connection: Connection, number: int) -> None:
        self.connection, self.number = connection, number
        self.path, self.metadata, self.deadline = "", [], None
        self.initial_metadata, self.trailing_metadata = [], []
        self.headers_sent = self.headers_seen = self.local_ended = self.remote_ended = False
        self.over = False
        self.end: Failure | None = None
        self.inbox, self.changed = bytearray(), asyncio.Event()
        self.credit = connection.peer.window
        self.outstanding = self.reserved = connection.limits.window
        self.task: asyncio.Task | None = None
        self.timer: asyncio.TimerHandle | None = None

    @property
    def is_ours(self) -> bool:
        return self.number % 2 == self.connection.parity

    def remaining(self) -> float | None:
        """Seconds until the deadline; None without one."""
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    async def read(self) -> bytes | None:
        """The next message, None at the end of the peer's half; the status of a failed call."""
        while True:
            message = self._take_message()
            if message is not None:
                return message
            if self.end is not None and (self.end.code or not self.remote_ended):
                raise self.end
            if self.remote_ended:
                if self.inbox:
                    raise Failure(Status.INTERNAL, "the stream ends inside a message")
                return None
            self.changed.clear()
            await self.changed.wait()

    def _take_message(self) -> bytes | None:
        limits, room = self.connection.limits, len(self.inbox)
        if room < 5:
            return None
        flag, size = struct.unpack_from("!BI", self.inbox)
        if flag:
            raise Failure(Status.UNIMPLEMENTED, "compressed messages are not taken",
                          hint="send them with encoding identity")
        if size > limits.message:
            raise Failure(Status.RESOURCE_EXHAUSTED,
                          f"a message of {size} bytes; at most {limits.message} are taken")
        if room < 5 + size:
            self._expect(5 + size - room)
            return None
        message = bytes(self.inbox[5:5 + size])
        del self.inbox[:5 + size]
        free = limits.window - self.outstanding - len(self.inbox)
        if not self.remote_ended and not self.over and free >= limits.window // 2:
            self._grant(free)
        return message

    def _expect(self, size: int) -> None:
        """A message longer than what may still come is granted whole."""
        short = size - self.outstanding
        if short <= 0 or self.remote_ended or self.over:
            return
        more = self.outstanding + short + len(self.inbox) - self.reserved
        if more > 0 and not self.connection.reserve(self, more):
            raise Failure(Status.RESOURCE_EXHAUSTED, "no memory is left for a message",
                          retryable=True, reason="INBOUND_BUDGET")
        self._grant(short)

    def _grant(self, size: int) -> None:
        self.outstanding += size
        self.connection.send(WINDOW, self.number, struct.pack("!I", size))

    async def write(self, message: bytes, ends: bool = False) -> None:
        """Sends one message as credit comes; `ends` ends the opener's half with it."""
        if len(message) > self.connection.peer.message:
            raise Failure(Status.RESOURCE_EXHAUSTED, f"a message of {len(message)} bytes; the "
                          f"peer takes at most {self.connection.peer.message}")
        self.send_headers()
        rest = memoryview(struct.pack("!BI", 0, len(message)) + message)
        while rest:
            while self.credit == 0 and not self.over:
                self.changed.clear()
                await self.changed.wait()
            async with self.connection.turn:
                await self.connection.writable()
                if self.over:
                    raise self.end or Failure(Status.CANCELLED, "the call is over")
                part = rest[:min(self.credit, self.connection.peer.frame)]
                rest = rest[len(part):]
                self.credit -= len(part)
                is_last = ends and not rest
                self.connection.send(DATA, self.number, part, END_STREAM if is_last else 0)
        self.local_ended = self.local_ended or ends

    def end_half(self) -> None:
        """The opener has no more messages."""
        if not self.local_ended and not self.over:
            self.local_ended = True
            self.connection.send(DATA, self.number, b"", END_STREAM)

    def send_headers(self) -> None:
        """The acceptor's metadata, before its first message."""
        if self.is_ours or self.headers_sent:
            return
        self.headers_sent = True
        if self.initial_metadata and not self.over:
            headers = self.connection.wire("ResponseHeaders")
            headers.metadata.extend(self.connection.entries(self.initial_metadata))
            self.connection.send(HEADERS, self.number, headers.SerializeToString())

    def finish(self, failure: Failure | None) -> None:
        """The acceptor's end of the call."""
        if self.over:
            return
        self.send_headers()
        trailers = failure.trailers(self.connection.protos) if failure else (
            self.connection.wire("Trailers"))
        trailers.metadata.extend(self.connection.entries(self.trailing_metadata))
        self.connection.send(TRAILERS, self.number, trailers.SerializeToString())
        self.close(failure)

    def reset(self, code: int, text: str, failure: Failure) -> None:
        """Gives the call up before its end."""
        if not self.over:
            self.connection.send(RESET, self.number, struct.pack("!I", code) + text.encode()[:1024])
            self.close(failure)

    def cancel(self) -> None:
        self.reset(CANCEL, "", Failure(Status.CANCELLED, "the call was cancelled"))

    def close(self, failure: Failure | None) -> None:
        """The stream is over; whoever waits on it wakes up."""
        self.over, self.end = True, failure or Failure(Status.OK, "")
        if self.timer:
            self.timer.cancel()
        self.connection.forget(self)
        if failure and self.task and self.task is not asyncio.current_task():
            self.task.cancel()
        self.changed.set()
