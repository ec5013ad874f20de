"""CDP/1 (docs/protocol.md) on asyncio and stock protobuf, for workers and clients in Python.

    connection = await Connection.dial("…/run/caodiem.sock", Protos.load("…/descriptors.binpb"))
    reply = await connection.unary("/caodiem.scoring.v1.Scoring/Score", request, timeout=30)

Frames, flow control, deadlines and leaving are here; what a worker owes its coordinator besides is
in worker.py.
"""
from __future__ import annotations

import asyncio
import collections
import inspect
import struct
import sys
import time
import traceback

from messages import Failure, Protos, Status
from stream import (
    ACK, CANCEL, DATA, END_STREAM, ENHANCE_YOUR_CALM, FLAGS, FLOW_CONTROL_ERROR, FRAME_SIZE_ERROR,
    GOAWAY, HEADER, HEADERS, HELLO, LAST_STREAM, NO_ERROR, ON_CONNECTION, PING, PREFACE,
    PROTOCOL_ERROR, REFUSED_STREAM, RESET, RESET_STATUS, STREAM_CLOSED, TRAILERS, VERSION,
    VERSION_1_0, WINDOW, Broken, Limits, Stream)


class Connection:
    """One CDP/1 connection. `handlers` (path -> coroutine or async generator) serve the peer."""

    def __init__(self, reader, writer, protos: Protos, hello, dials: bool, handlers=None,
                 limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.reader, self.writer, self.protos, self.hello = reader, writer, protos, hello
        self.parity, self.handlers = int(dials), handlers or {}
        self.next_number = 1 if dials else 2
        self.peer, self.peer_hello = Limits(), None
        self.ready, self.closed = asyncio.Event(), asyncio.Event()
        self.streams: dict[int, Stream] = {}
        self.running: set[asyncio.Task] = set()
        self.remembered = collections.deque(maxlen=self.limits.remembered)
        self.last_accepted = self.reserved = self.queued = 0
        self.turn, self.freed = asyncio.Lock(), asyncio.Event()
        self.heard, self.awaited = time.monotonic(), {}
        self.resets, self.pings = collections.deque(), collections.deque()
        self.late_ping: bytes | None = None
        self.peer_drains, self.announced = False, None
        self.reason: Failure | None = None
        writer.transport.set_write_buffer_limits(high=self.limits.frame)

    @classmethod
    async def dial(cls, path: str, protos: Protos, software: str = "python-client/1.0"):
        """A client's connection to the coordinator's unix socket, once both HELLOs are there."""
        reader, writer = await asyncio.open_unix_connection(path)
        hello = protos.message("caodiem.wire.v1.Hello")(role=3, software=software)
        connection = cls(reader, writer, protos, hello, dials=True)
        connection.loop_task = asyncio.create_task(connection.run())
        await connection.is_open()
        return connection

    def wire(self, name: str):
        return self.protos.message(f"caodiem.wire.v1.{name}")()

    # The connection's life

    async def run(self) -> Failure:
        """Reads until the connection is over; the reason."""
        keeper = asyncio.create_task(self._keep_alive())
        try:
            self._greet()
            async with asyncio.timeout(self.limits.handshake):
                await self._check_preface()
                await self._frame(handshake=True)
            while not self.closed.is_set():
                await self._frame()
        except Broken as broken:
            self.go_away(broken.code, str(broken))
            self.lose(Failure(Status.UNAVAILABLE, str(broken), reason="PROTOCOL"))
        except TimeoutError:
            self.go_away(PROTOCOL_ERROR, "no HELLO came in time")
            self.lose(Failure(Status.UNAVAILABLE, "the peer sends no HELLO"))
        except (asyncio.IncompleteReadError, OSError):
            self.lose(Failure(Status.UNAVAILABLE, "the connection was lost", retryable=True,
                              reason="CONNECTION_LOST"))
        finally:
            keeper.cancel()
        await self._flush()
        return self.reason

    async def is_open(self) -> None:
        """Waits for the peer's HELLO."""
        await self.ready.wait()
        if self.peer_hello is None:
            raise self.reason

    def lose(self, reason: Failure) -> None:
        """The connection is over: so is every stream."""
        if self.reason is None:
            self.reason = reason
        for stream in list(self.streams.values()):
            stream.close(self.reason)
        self.closed.set()
        self.ready.set()
        self.freed.set()

    async def _flush(self) -> None:
        try:
            async with asyncio.timeout(1):
                self.writer.close()
                await self.writer.wait_closed()
        except (OSError, TimeoutError):
            self.writer.transport.abort()

    def _greet(self) -> None:
        hello, limits = self.hello, self.limits
        hello.protocol_min = hello.protocol_max = VERSION_1_0
        hello.max_frame, hello.max_message, hello.max_metadata = (
            limits.frame, limits.message, limits.metadata)
        hello.max_streams, hello.stream_window = limits.streams, limits.window
        hello.min_ping_interval_ms = 1000 // limits.pings_a_second
        self.writer.write(PREFACE)
        self.send(HELLO, 0, hello.SerializeToString())

    async def _check_preface(self) -> None:
        got = b""
        while len(got) < len(PREFACE):
            part = await self.reader.read(len(PREFACE) - len(got))
            got += part
            if not part or not PREFACE.startswith(got):
                raise Broken(PROTOCOL_ERROR, f"the peer does not speak CDP/1: it sent {got!r}")

    def _check_hello(self, payload: bytes) -> None:
        hello = self.wire("Hello")
        try:
            hello.ParseFromString(payload)
        except Exception:  # DecodeError has no common home over protobuf's versions
            raise Broken(PROTOCOL_ERROR, "the peer's HELLO does not decode") from None
        if hello.protocol_min > hello.protocol_max:
            raise Broken(PROTOCOL_ERROR, "HELLO offers an empty range of versions")
        if not hello.protocol_min <= VERSION_1_0 <= hello.protocol_max:
            low, high = ("%d.%d" % divmod(v, 1 << 16)
                         for v in (hello.protocol_min, hello.protocol_max))
            raise Broken(VERSION, f"we speak 1.0, the peer {low} to {high}")
        self.peer_hello, self.peer = hello, Limits.of_peer(hello)
        self.ready.set()

    async def _keep_alive(self) -> None:
        """PING after silence; a peer that does not answer is dead."""
        while True:
            silent = time.monotonic() - self.heard
            await asyncio.sleep(max(0.05, self.limits.idle - silent))
            if time.monotonic() - self.heard < self.limits.idle or self.peer_hello is None:
                continue
            self.send(PING, 0, b"alive?\0\0")
            await asyncio.sleep(self.limits.answer)
            if time.monotonic() - self.heard >= self.limits.answer:
                self.lose(Failure(Status.UNAVAILABLE, "the peer answers no PING",
                                  reason="CONNECTION_LOST"))
                self.writer.transport.abort()

    def send(self, kind: int, number: int, payload, flags: int = 0) -> None:
        if self.reason is None:
            self.writer.write(HEADER.pack(len(payload), number, kind, flags, 0) + bytes(payload))

    async def writable(self) -> None:
        """Waits until little is under way, so that control frames never stand behind much DATA."""
        try:
            await self.writer.drain()
        except OSError:
            raise self.reason or Failure(Status.UNAVAILABLE, "the connection was lost") from None

    def go_away(self, code: int, text: str = "", last: int | None = None) -> None:
        last = self.last_accepted if last is None else last
        self.send(GOAWAY, 0, struct.pack("!II", last, code) + text.encode()[:1024])

    async def leave(self) -> None:
        """Takes no new calls, lets the running ones end, closes (two GOAWAYs, no call is lost)."""
        if self.announced is None:
            self.announced = LAST_STREAM
            self.go_away(NO_ERROR, last=LAST_STREAM)
            answered = self.awaited[b"leaving\0"] = asyncio.Event()
            self.send(PING, 0, b"leaving\0")
            try:
                async with asyncio.timeout(self.limits.answer):
                    await answered.wait()
            except TimeoutError:
                pass
            self.announced = self.last_accepted
            self.go_away(NO_ERROR)
        while self.streams or self.running:
            self.freed.clear()
            await self.freed.wait()
        self.lose(Failure(Status.UNAVAILABLE, "drained", reason="DRAINED"))
        self.reader.feed_eof()

    # Streams

    def reserve(self, stream: Stream, size: int) -> bool:
        if self.reserved + size > self.limits.budget:
            return False
        self.reserved += size
        stream.reserved += size
        return True

    def forget(self, stream: Stream) -> None:
        if self.streams.pop(stream.number, None):
            self.reserved -= stream.reserved
            self.remembered.append(stream.number)
            self.freed.set()

    def entries(self, metadata):
        entry = self.protos.message("caodiem.wire.v1.MetadataEntry")
        return [entry(key=key, value=value) for key, value in metadata]

    def metadata_fits(self, metadata, limit: int) -> bool:
        size = sum(len(key.encode()) + len(value) + 32 for key, value in metadata)
        return size <= limit and len(metadata) <= self.limits.entries

    async def open(self, path: str, metadata=(), timeout: float | None = None) -> Stream:
        """Begins a call; waits for the handshake and while the peer's streams are all taken."""
        await self.is_open()
        if not self.metadata_fits(metadata, self.peer.metadata):
            raise Failure(Status.RESOURCE_EXHAUSTED, "the call's metadata is too large")
        due = None if timeout is None else time.monotonic() + timeout
        await self._wait_for_room(path, timeout)
        if self.reason or self.peer_drains or self.announced is not None:
            raise self.reason or Failure(Status.UNAVAILABLE, "the connection is being left",
                                         retryable=True)
        stream = Stream(self, self.next_number)
        self.next_number += 2
        self.streams[stream.number] = stream
        self.reserved += stream.reserved
        headers = self.wire("CallHeaders")
        headers.path = path
        headers.metadata.extend(self.entries(metadata))
        if due is not None:
            stream.deadline = due
            headers.timeout_ns = max(1, int(stream.remaining() * 1e9))
            late = Failure(Status.DEADLINE_EXCEEDED, f"{path} did not end in time")
            stream.timer = asyncio.get_running_loop().call_later(
                stream.remaining(), stream.reset, CANCEL, "deadline", late)
        self.send(HEADERS, stream.number, headers.SerializeToString())
        return stream

    async def _wait_for_room(self, path: str, timeout: float | None) -> None:
        """The peer says how many calls it bears; the others wait here, but not without end."""
        if self.queued >= self.limits.queued_calls:
            raise Failure(Status.RESOURCE_EXHAUSTED, f"{self.queued} calls wait already",
                          retryable=True, reason="QUEUE_FULL")
        self.queued += 1
        try:
            async with asyncio.timeout(timeout):
                while not self.reason and self.peer.streams <= sum(
                        stream.is_ours for stream in self.streams.values()):
                    self.freed.clear()
                    await self.freed.wait()
        except TimeoutError:
            raise Failure(Status.DEADLINE_EXCEEDED, f"{path} waited too long for room") from None
        finally:
            self.queued -= 1

    async def unary(self, path: str, request, timeout: float | None = Limits.unary_seconds,
                    metadata=()):
        """One request, one reply."""
        replies = [reply async for reply in self.stream(path, [request], timeout, metadata)]
        if len(replies) != 1:
            raise Failure(Status.UNIMPLEMENTED, f"{len(replies)} replies to a unary call")
        return replies[0]

    async def stream(self, path: str, requests, timeout: float | None = None, metadata=()):
        """Sends the requests of a list or async generator while it yields the replies."""
        reply_type = self.protos.method(path).reply
        call = await self.open(path, metadata, timeout)

        async def send() -> None:
            try:
                if hasattr(requests, "__aiter__"):
                    async for request in requests:
                        await call.write(request.SerializeToString())
                    call.end_half()
                    return
                for place, request in enumerate(requests, 1):
                    await call.write(request.SerializeToString(), ends=place == len(requests))
                call.end_half()
            except Failure:
                if not call.over:
                    call.cancel()
                    raise

        sending = asyncio.create_task(send())
        try:
            while (message := await call.read()) is not None:
                yield self.protos.decode(reply_type, message)
            if sending.done():
                await sending
        finally:
            sending.cancel()
            if not call.over:
                call.cancel()

    # Frames

    async def _frame(self, handshake: bool = False) -> None:
        head = await self.reader.readexactly(HEADER.size)
        size, number, kind, flags, reserved = HEADER.unpack(head)
        if size > (self.limits.hello if handshake else self.limits.frame):
            raise Broken(FRAME_SIZE_ERROR, f"a frame of {size} bytes")
        if handshake and kind != HELLO:
            raise Broken(PROTOCOL_ERROR, f"the first frame is of type {kind}, not HELLO")
        if kind < 0x80:
            if kind not in FLAGS or flags & ~FLAGS[kind] or reserved or number > LAST_STREAM:
                raise Broken(PROTOCOL_ERROR, f"a frame of type {kind} with flags {flags}")
            if (number == 0) != (kind in ON_CONNECTION):
                raise Broken(PROTOCOL_ERROR, f"a frame of type {kind} on stream {number}")
        payload = await self.reader.readexactly(size)
        self.heard = time.monotonic()
        if kind == HELLO:
            if not handshake:
                raise Broken(PROTOCOL_ERROR, "a second HELLO")
            self._check_hello(payload)
        elif kind < 0x80:
            (self._headers, self._data, self._trailers, self._reset, self._window, self._ping,
             self._goaway)[kind - 1](number, flags, payload)
        if self.writer.transport.get_write_buffer_size() > self.limits.unread_answers:
            raise Broken(ENHANCE_YOUR_CALM, "answers wait unread")

    def _known(self, number: int, answers: bool = True) -> Stream | None:
        """The stream; None when it is over, and a peer that never opened it is told so."""
        stream = self.streams.get(number)
        if stream is None:
            is_ours = number % 2 == self.parity
            if number >= self.next_number if is_ours else number > self.last_accepted:
                raise Broken(PROTOCOL_ERROR, f"stream {number} was never opened")
            if answers and number not in self.remembered:
                self.send(RESET, number, struct.pack("!I", STREAM_CLOSED))
        return stream

    @staticmethod
    def _break(stream: Stream, code: int, text: str) -> None:
        stream.reset(code, text, Failure(Status.INTERNAL, text))

    def _headers(self, number: int, flags: int, payload: bytes) -> None:
        if number % 2 == self.parity or number in self.streams:
            stream = self._known(number)
            if stream and (stream.headers_seen or flags or not stream.is_ours):
                self._break(stream, PROTOCOL_ERROR, "a second HEADERS frame")
            elif stream:
                stream.headers_seen = True
                headers = self.protos.decode("caodiem.wire.v1.ResponseHeaders", payload)
                stream.initial_metadata = [(e.key, e.value) for e in headers.metadata]
            return
        if number <= self.last_accepted:
            raise Broken(PROTOCOL_ERROR, f"stream {number} after stream {self.last_accepted}")
        self.last_accepted = number
        if self.announced is not None and number > self.announced:
            return self._refuse(number, "draining")
        if len(self.running) >= self.limits.streams:
            return self._refuse(number, f"{self.limits.streams} calls are already running")
        stream = Stream(self, number)
        if self.reserved + stream.reserved > self.limits.budget:
            return self._refuse(number, "no inbound memory is left")
        self.reserved += stream.reserved
        self.streams[number] = stream
        stream.remote_ended = bool(flags)
        self._accept(stream, payload)

    def _refuse(self, number: int, text: str) -> None:
        self.send(RESET, number, struct.pack("!I", REFUSED_STREAM) + text.encode())
        self.remembered.append(number)

    def _accept(self, stream: Stream, payload: bytes) -> None:
        try:
            headers = self.protos.decode("caodiem.wire.v1.CallHeaders", payload)
            stream.path = headers.path
            stream.metadata = [(entry.key, entry.value) for entry in headers.metadata]
            if any("\0" in text for text in (headers.path, *(key for key, _ in stream.metadata))):
                raise Failure(Status.INTERNAL, "the call's headers hold a NUL character")
            if not self.metadata_fits(stream.metadata, self.limits.metadata):
                raise Failure(Status.RESOURCE_EXHAUSTED, "the call's metadata is too large")
            if headers.encoding not in ("", "identity"):
                raise Failure(Status.UNIMPLEMENTED, f"encoding {headers.encoding} is not taken")
        except Failure as failure:
            return stream.finish(failure)
        if headers.timeout_ns:
            stream.deadline = time.monotonic() + headers.timeout_ns / 1e9
            late = Failure(Status.DEADLINE_EXCEEDED, f"{stream.path} did not end in time")
            stream.timer = asyncio.get_running_loop().call_later(
                headers.timeout_ns / 1e9, stream.finish, late)
        stream.task = asyncio.create_task(self._serve(stream))
        self.running.add(stream.task)
        stream.task.add_done_callback(self._returned)

    def _returned(self, task: asyncio.Task) -> None:
        self.running.discard(task)
        self.freed.set()

    async def _serve(self, stream: Stream) -> None:
        """Runs the handler; every accepted stream ends with TRAILERS or RESET."""
        try:
            handler = self.handlers.get(stream.path)
            if handler is None:
                raise Failure(Status.UNIMPLEMENTED, f"{stream.path} is not served here")
            await self._handle(stream, handler)
            stream.finish(None)
        except Failure as failure:
            stream.finish(failure)
        except asyncio.CancelledError:
            stream.finish(Failure(Status.CANCELLED, "the call was cancelled"))
        except Exception as error:
            print("".join(traceback.format_exception(error)), file=sys.stderr, flush=True)
            stream.finish(Failure(Status.UNKNOWN, f"{type(error).__name__} in {stream.path}"))

    async def _handle(self, stream: Stream, handler) -> None:
        method = self.protos.method(stream.path)

        async def requests():
            while (message := await stream.read()) is not None:
                yield self.protos.decode(method.request, message)

        argument = requests()
        if not method.client_streaming:
            all_requests = [request async for request in argument]
            if len(all_requests) != 1:
                raise Failure(Status.UNIMPLEMENTED, f"{len(all_requests)} requests, not one")
            argument = all_requests[0]
        answer = handler(stream, argument)
        if inspect.isasyncgen(answer):
            async for reply in answer:
                await stream.write(reply.SerializeToString())
        else:
            await stream.write((await answer).SerializeToString())

    def _data(self, number: int, flags: int, payload: bytes) -> None:
        stream = self._known(number)
        if stream is None:
            return
        if stream.remote_ended:
            return self._break(stream, STREAM_CLOSED, "DATA after the end of its half")
        if flags and stream.is_ours:
            return self._break(stream, PROTOCOL_ERROR, "an acceptor ends with TRAILERS")
        if len(payload) > stream.outstanding:
            return self._break(stream, FLOW_CONTROL_ERROR, "DATA beyond the granted window")
        stream.outstanding -= len(payload)
        stream.inbox += payload
        stream.remote_ended = bool(flags)
        stream.changed.set()

    def _trailers(self, number: int, flags: int, payload: bytes) -> None:
        if number % 2 != self.parity:
            raise Broken(PROTOCOL_ERROR, "TRAILERS from the opener of a stream")
        stream = self._known(number)
        if stream is None:
            return
        trailers = self.protos.decode("caodiem.wire.v1.Trailers", payload)
        stream.trailing_metadata = [(entry.key, entry.value) for entry in trailers.metadata]
        stream.remote_ended = True
        stream.close(Failure.of(trailers, self.protos))

    def _reset(self, number: int, flags: int, payload: bytes) -> None:
        if not 4 <= len(payload) <= 4 + self.limits.error_text:
            raise Broken(FRAME_SIZE_ERROR, f"a RESET frame of {len(payload)} bytes")
        stream = self._known(number, answers=False)
        if stream is None:
            return
        if not stream.is_ours and self.limits.resets_a_second is not None:
            self._count(self.resets, self.limits.resets_a_second, "calls are reset too fast")
        code, text = struct.unpack_from("!I", payload)[0], payload[4:].decode(errors="replace")
        status = RESET_STATUS.get(code, Status.INTERNAL)
        if code == CANCEL and stream.deadline and stream.deadline <= time.monotonic():
            status = Status.DEADLINE_EXCEEDED
        stream.close(Failure(status, text or f"the peer reset the call ({code})",
                             retryable=code == REFUSED_STREAM))

    def _window(self, number: int, flags: int, payload: bytes) -> None:
        if len(payload) != 4:
            raise Broken(FRAME_SIZE_ERROR, f"a WINDOW frame of {len(payload)} bytes")
        stream = self._known(number, answers=False)
        if stream is None:
            return
        more = struct.unpack("!I", payload)[0]
        if not 0 < more <= LAST_STREAM - stream.credit:
            return self._break(stream, FLOW_CONTROL_ERROR, f"WINDOW grants {more} bytes")
        stream.credit += more
        stream.changed.set()

    def _ping(self, number: int, flags: int, payload: bytes) -> None:
        if len(payload) != 8:
            raise Broken(FRAME_SIZE_ERROR, f"a PING frame of {len(payload)} bytes")
        if flags & ACK:
            if payload in self.awaited:
                self.awaited.pop(payload).set()
            return
        try:
            self._count(self.pings, self.limits.pings_a_second, "")
            self.send(PING, 0, payload, ACK)
        except Broken:
            if self.late_ping is None:
                asyncio.get_running_loop().call_later(1, self._answer_late)
            self.late_ping = payload

    def _answer_late(self) -> None:
        self.send(PING, 0, self.late_ping, ACK)
        self.late_ping = None

    @staticmethod
    def _count(times: collections.deque, limit: int, text: str) -> None:
        now = time.monotonic()
        while times and times[0] < now - 1:
            times.popleft()
        if len(times) >= limit:
            raise Broken(ENHANCE_YOUR_CALM, text)
        times.append(now)

    def _goaway(self, number: int, flags: int, payload: bytes) -> None:
        if not 8 <= len(payload) <= 8 + self.limits.error_text:
            raise Broken(FRAME_SIZE_ERROR, f"a GOAWAY frame of {len(payload)} bytes")
        last, code = struct.unpack_from("!II", payload)
        text = payload[8:].decode(errors="replace")
        self.peer_drains = True
        if code:
            self.lose(Failure(RESET_STATUS.get(code, Status.UNAVAILABLE),
                              f"the peer ended the connection ({code}): {text}"))
            return self.reader.feed_eof()
        for stream in list(self.streams.values()):
            if stream.is_ours and stream.number > last:
                stream.close(Failure(Status.UNAVAILABLE, "the peer is leaving", retryable=True))
