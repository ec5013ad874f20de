#!/usr/bin/python3
"""A worker of CaoDiem in Python: serves the conformance service, and what every worker owes.

Started by the coordinator (docs/other-languages.md); needs Debian's python3-protobuf.
"""
from __future__ import annotations

import asyncio
import collections
import ctypes
import os
import pathlib
import select
import signal
import socket
import sqlite3
import sys
import threading
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from cdp import Connection  # noqa: E402
from messages import Failure, Protos, Status  # noqa: E402
from stream import WorkerLimits  # noqa: E402

SOFTWARE = "python-worker/1.0"
PR_SET_PDEATHSIG = 1
MOST_REPLIES = 10_000
DESCRIPTORS = next(
    (folder / "Protos/descriptors.binpb" for folder in HERE.parents
     if (folder / "Protos/descriptors.binpb").is_file()),
    HERE / "descriptors.binpb")


class Conformance:
    """caodiem.conformance.v1.Conformance: one method of each kind, and some that wait."""

    name = "caodiem.conformance.v1.Conformance"

    def __init__(self, protos: Protos) -> None:
        self.protos = protos
        self.tags = collections.defaultdict(collections.Counter)
        self.cancelled_at = collections.defaultdict(float)

    def handlers(self):
        return {f"/{self.name}/{method}": self.echoing(handler) for method, handler in {
            "EmptyCall": self.empty, "UnaryCall": self.unary,
            "StreamingOutputCall": self.output, "StreamingInputCall": self.input,
            "FullDuplexCall": self.full_duplex, "HalfDuplexCall": self.half_duplex,
            "Sleep": self.sleep, "Observe": self.observe, "Nest": self.nest}.items()}

    def make(self, name: str, **fields):
        return self.protos.message(f"caodiem.conformance.v1.{name}")(**fields)

    def payload(self, size: int):
        if size > 64 << 20:
            raise Failure(Status.INVALID_ARGUMENT, f"{size} bytes are too many", field="size")
        return self.make("Payload", body=bytes(size))

    @staticmethod
    def echoing(handler):
        """Every call echoes two metadata keys."""
        def start(call, argument):
            call.initial_metadata += [
                entry for entry in call.metadata if entry[0] == "x-grpc-test-echo-initial"]
            call.trailing_metadata += [
                entry for entry in call.metadata if entry[0] == "x-grpc-test-echo-trailing-bin"]
            return handler(call, argument)
        return start

    @staticmethod
    def end_as(status) -> None:
        if status.code:
            raise Failure(status.code, status.message, status.field, status.hint,
                          reason=status.reason)

    async def empty(self, call, request):
        return request

    async def unary(self, call, request):
        self.end_as(request.reply_status)
        reply = self.make("SimpleReply", payload_size=len(request.payload.body))
        if request.reply_size:
            reply.payload.CopyFrom(self.payload(request.reply_size))
        if request.show_call:
            reply.metadata.extend(self.make("Entry", key=k, value=v) for k, v in call.metadata)
            reply.remaining_ns = int((call.remaining() or 0) * 1e9)
        return reply

    async def output(self, call, request):
        if len(request.replies) > MOST_REPLIES:
            raise Failure(Status.RESOURCE_EXHAUSTED, f"{len(request.replies)} replies in one call; "
                          f"at most {MOST_REPLIES}", field="replies")
        for parameters in request.replies:
            if parameters.interval_microseconds:
                await asyncio.sleep(parameters.interval_microseconds / 1e6)
            yield self.make("StreamingOutputReply", payload=self.payload(parameters.size))
        self.end_as(request.reply_status)

    async def input(self, call, requests):
        reply = self.make("StreamingInputReply")
        async for request in requests:
            reply.aggregated_payload_size += len(request.payload.body)
            reply.requests += 1
        return reply

    async def full_duplex(self, call, requests):
        async for request in requests:
            async for reply in self.output(call, request):
                yield reply

    async def half_duplex(self, call, requests):
        for request in [request async for request in requests]:
            async for reply in self.output(call, request):
                yield reply

    async def sleep(self, call, request):
        counts = self.tags[request.tag]
        left = int((call.remaining() or 0) * 1e9)
        counts["started"] += 1
        counts["running"] += 1
        counts["most_running"] = max(counts["most_running"], counts["running"])
        try:
            wait = self.statement if request.in_statement else asyncio.sleep
            await wait(request.milliseconds / 1000)
        except asyncio.CancelledError:
            counts["cancelled"] += 1
            self.cancelled_at[request.tag] = time.monotonic()
            raise
        finally:
            counts["running"] -= 1
            counts["finished"] += 1
        return self.make("SleepReply", remaining_ns=left)

    @staticmethod
    async def statement(seconds: float) -> None:
        """A statement of SQLite on a thread of its own, which only an interrupt ends."""
        database = sqlite3.connect(":memory:", check_same_thread=False)
        loop, ended = asyncio.get_running_loop(), asyncio.Event()

        def run() -> None:
            try:
                database.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                                 "SELECT count(*) FROM n").fetchall()
            except sqlite3.OperationalError:
                pass
            loop.call_soon_threadsafe(ended.set)

        threading.Thread(target=run, daemon=True).start()
        try:
            await asyncio.sleep(seconds)
        finally:
            while not ended.is_set():
                database.interrupt()  # once may come before the statement began
                await asyncio.sleep(0.005)

    async def observe(self, call, request):
        tags = [request.tag] if request.tag else list(self.tags)
        total = collections.Counter()
        for tag in tags:
            total.update(self.tags[tag])
        seen = max((self.cancelled_at[tag] for tag in tags), default=0.0)
        since = int((time.monotonic() - seen) * 1e9) if seen else 0
        return self.make("ObserveReply", since_cancelled_ns=since, **total)

    async def nest(self, call, request):
        """Calls on through the coordinator; the shorter deadline counts."""
        waits = [s for s in (call.remaining(), request.timeout_ns / 1e9 or None) if s is not None]
        reply = self.make("NestReply")
        try:
            inner = await call.connection.unary(
                request.path, request.sleep, min(waits, default=None))
            reply.remaining_ns = inner.remaining_ns
        except Failure as failure:
            reply.code, reply.message = failure.code, failure.message
        return reply


class Plugin:
    """caodiem.plugin.v1.Plugin and grpc.health.v1.Health: what every worker serves."""

    def __init__(self, protos: Protos, name: str, services: list[str]) -> None:
        self.protos, self.name, self.services = protos, name, services
        self.beating = self.leaving = None

    def handlers(self):
        plugin, health = "/caodiem.plugin.v1.Plugin/", "/grpc.health.v1.Health/"
        return {plugin + "Describe": self.describe, plugin + "ValidateConfig": self.validate,
                plugin + "Configure": self.configure, plugin + "Drain": self.drain,
                plugin + "Shutdown": self.shutdown, health + "Check": self.check,
                health + "Watch": self.watch, health + "List": self.list}

    def reply(self, call, **fields):
        return self.protos.message(self.protos.method(call.path).reply)(**fields)

    async def describe(self, call, request):
        return self.reply(call, name=self.name, version="1.0", services=self.services,
                          capabilities=["beat"])

    async def validate(self, call, request):
        return self.reply(call)  # it has no settings, so none is wrong

    async def configure(self, call, request):
        if self.beating:
            self.beating.cancel()
        if request.beat_milliseconds:
            self.beating = asyncio.create_task(self.beat(
                call.connection, request.beat_milliseconds / 1000, request.generation))
        return self.reply(call, generation=request.generation)

    async def beat(self, connection, seconds: float, generation: int) -> None:
        """Says that this loop still turns, and how late; silence is what the coordinator notices."""
        request = self.protos.message("caodiem.host.v1.BeatRequest")(generation=generation)
        while True:
            due = time.monotonic() + seconds
            await asyncio.sleep(seconds)
            request.number += 1
            request.loop_lag_microseconds = int((time.monotonic() - due) * 1e6)
            request.queue_depth = len(connection.running)
            try:
                await connection.unary("/caodiem.host.v1.Host/Beat", request, timeout=seconds)
            except Failure as failure:
                if failure.code == Status.UNIMPLEMENTED:
                    return  # a coordinator without a watchdog

    async def drain(self, call, request):
        return self.reply(call)  # the coordinator sends no more calls; nothing waits here

    async def shutdown(self, call, request):
        # After this reply: the connection's end is the process's end.
        self.leaving = asyncio.create_task(call.connection.leave())
        return self.reply(call)

    async def check(self, call, request):
        if request.service not in ("", *self.services):
            raise Failure(Status.NOT_FOUND, f"{request.service} is not served here")
        return self.reply(call, status="SERVING")

    async def watch(self, call, request):
        is_known = request.service in ("", *self.services)
        yield self.reply(call, status="SERVING" if is_known else "SERVICE_UNKNOWN")
        await asyncio.Event().wait()  # the state never changes; the caller hangs up

    async def list(self, call, request):
        reply = self.reply(call)
        for service in ("", *self.services):
            reply.statuses[service].status = reply.statuses[service].SERVING
        return reply


def read_token() -> bytes:
    """The first 32 bytes of descriptor 0 prove that this is the child that was started."""
    token = b""
    while len(token) < 32 and select.select([0], [], [], 5)[0]:
        part = os.read(0, 32 - len(token))
        if not part:
            break
        token += part
    if len(token) < 32:
        raise SystemExit("worker.py: no session token came on descriptor 0")
    return token


def watch_liveness() -> None:
    """The end of descriptor 0 means that the coordinator let go: leave within a second."""
    while True:
        try:
            if not os.read(0, 1):
                break
        except InterruptedError:
            continue
    time.sleep(0.5)  # the socket has ended too: the loop may still leave in order
    os._exit(0)


def tie_to_parent() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0) != 0:
        raise SystemExit(f"worker.py: prctl refuses: {os.strerror(ctypes.get_errno())}")
    if str(os.getppid()) != os.environ.get("CAODIEM_PPID"):
        raise SystemExit("worker.py: the coordinator that started this worker is gone")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Python ignores SIGPIPE by itself.


async def serve(protos: Protos, name: str, token: bytes) -> int:
    """Serves until the coordinator lets go; the exit code."""
    end = socket.socket(fileno=int(os.environ["CAODIEM_FD"]))
    end.set_inheritable(False)
    reader, writer = await asyncio.open_connection(sock=end)
    conformance = Conformance(protos)
    plugin = Plugin(protos, name, [conformance.name])
    hello = protos.message("caodiem.wire.v1.Hello")(
        role="ROLE_WORKER", software=SOFTWARE, plugin_id=name, session_token=token)
    connection = Connection(reader, writer, protos, hello, dials=False,
                            handlers=conformance.handlers() | plugin.handlers(),
                            limits=WorkerLimits())
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(
        signal.SIGTERM, lambda: setattr(plugin, "leaving", loop.create_task(connection.leave())))
    reason = await connection.run()
    if reason.reason in ("DRAINED", "CONNECTION_LOST"):
        return 0
    print(f"worker.py: the connection to the coordinator ended: {reason}", file=sys.stderr)
    return 1


def main() -> int:
    if os.environ.get("CAODIEM_PLUGIN") != "1":
        print(f"{sys.argv[0]} is a worker of CaoDiem and is started by its coordinator. "
              "Run: caodiem-coordinator --data DIR --plugins DIR", file=sys.stderr)
        return 78
    tie_to_parent()
    token = read_token()
    threading.Thread(target=watch_liveness, daemon=True).start()
    return asyncio.run(serve(Protos.load(DESCRIPTORS), HERE.name, token))


if __name__ == "__main__":
    sys.exit(main())
