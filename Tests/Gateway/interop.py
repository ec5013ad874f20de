"""gRPC's interoperability cases through the gateway, with a stock client: interop.py ADDRESS

The worker behind it serves caodiem.conformance.v1.Conformance. Each case has the name that gRPC gives it.
"""
import subprocess
import sys
import threading
import time
import unittest

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

import stubs

NAME = "caodiem.conformance.v1."
INITIAL = "x-grpc-test-echo-initial"
TRAILING = "x-grpc-test-echo-trailing-bin"
SIZES = [31415, 9, 2653, 58979]


def make(name, **fields):
    return stubs.message(NAME + name)(**fields)


def payload(size):
    return {"body": bytes(size)}


def output(sizes, **fields):
    return make("StreamingOutputRequest", replies=[{"size": size} for size in sizes], **fields)


class Interop(unittest.TestCase):
    address = ""

    def setUp(self):
        self.channel = stubs.channel(self.address)
        self.addCleanup(self.channel.close)
        self.service = stubs.Service(self.channel, NAME + "Conformance")

    def sizes(self, replies):
        return [len(reply.payload.body) for reply in replies]

    def refused(self, code, call):
        with self.assertRaises(grpc.RpcError) as caught:
            call()
        self.assertEqual(caught.exception.code(), code, caught.exception.details())
        return caught.exception

    def test_empty_unary(self):
        self.assertEqual(self.service.EmptyCall(make("Empty"), timeout=20), make("Empty"))

    def test_large_unary(self):
        reply = self.service.UnaryCall(
            make("SimpleRequest", reply_size=314159, payload=payload(271828)), timeout=20)
        self.assertEqual(len(reply.payload.body), 314159)
        self.assertEqual(reply.payload_size, 271828)

    def test_client_streaming(self):
        requests = [make("StreamingInputRequest", payload=payload(size))
                    for size in [27182, 8, 1828, 45904]]
        reply = self.service.StreamingInputCall(iter(requests), timeout=20)
        self.assertEqual(reply.aggregated_payload_size, 74922)

    def test_server_streaming(self):
        replies = self.service.StreamingOutputCall(output(SIZES), timeout=20)
        self.assertEqual(self.sizes(replies), SIZES)

    def test_ping_pong(self):
        turn = threading.Semaphore(0)

        def requests():
            for size, reply in zip([27182, 8, 1828, 45904], SIZES):
                yield output([reply], payload=payload(size))
                turn.acquire()

        seen = []
        for reply in self.service.FullDuplexCall(requests(), timeout=20):
            seen.append(len(reply.payload.body))
            turn.release()
        self.assertEqual(seen, SIZES)

    def test_empty_stream(self):
        self.assertEqual(list(self.service.FullDuplexCall(iter([]), timeout=20)), [])

    def test_large_messages_fill_the_limit(self):
        limit = 4 << 20
        reply = self.service.UnaryCall(make(
            "SimpleRequest", reply_size=limit - 64, payload=payload(limit - 64)), timeout=60)
        self.assertEqual(len(reply.payload.body), limit - 64)
        self.refused(grpc.StatusCode.RESOURCE_EXHAUSTED, lambda: self.service.UnaryCall(
            make("SimpleRequest", payload=payload(limit + 1)), timeout=60))
        self.refused(grpc.StatusCode.RESOURCE_EXHAUSTED, lambda: self.service.UnaryCall(
            make("SimpleRequest", reply_size=limit + 1), timeout=60))
        self.test_empty_unary()

    def test_custom_metadata(self):
        sent = [(INITIAL, "test_initial_metadata_value"), (TRAILING, b"\xab\x00\xff\x0a")]
        _, call = self.service.UnaryCall.with_call(
            make("SimpleRequest", reply_size=314159, payload=payload(271828)),
            metadata=sent, timeout=20)
        self.assertIn(sent[0], [tuple(entry) for entry in call.initial_metadata()])
        self.assertIn(sent[1], [tuple(entry) for entry in call.trailing_metadata()])
        duplex = self.service.FullDuplexCall(
            iter([output([314159], payload=payload(271828))]), metadata=sent, timeout=20)
        self.assertEqual(self.sizes(duplex), [314159])
        self.assertIn(sent[0], [tuple(entry) for entry in duplex.initial_metadata()])
        self.assertIn(sent[1], [tuple(entry) for entry in duplex.trailing_metadata()])

    def test_metadata_keeps_order_and_duplicates(self):
        sent = [(INITIAL, "a"), (TRAILING, b""), (INITIAL, "b"), (TRAILING, b"\x00\x01"),
                (INITIAL, "a")]
        _, call = self.service.EmptyCall.with_call(make("Empty"), metadata=sent, timeout=20)
        for key, found in [(INITIAL, call.initial_metadata()), (TRAILING, call.trailing_metadata())]:
            self.assertEqual([entry[1] for entry in found if entry[0] == key],
                             [entry[1] for entry in sent if entry[0] == key])

    def test_status_code_and_message(self):
        status = {"code": 2, "message": "test status message"}
        for call in [
            lambda: self.service.UnaryCall(make("SimpleRequest", reply_status=status), timeout=20),
            lambda: list(self.service.StreamingOutputCall(
                output([], reply_status=status), timeout=20)),
        ]:
            error = self.refused(grpc.StatusCode.UNKNOWN, call)
            self.assertEqual(error.details(), "test status message")

    def test_special_status_message(self):
        text = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
        error = self.refused(grpc.StatusCode.UNKNOWN, lambda: self.service.UnaryCall(
            make("SimpleRequest", reply_status={"code": 2, "message": text}), timeout=20))
        self.assertEqual(error.details(), text)

    def test_every_code(self):
        for code in grpc.StatusCode:
            if code is grpc.StatusCode.OK:
                continue
            self.refused(code, lambda: self.service.UnaryCall(
                make("SimpleRequest", reply_status={"code": code.value[0]}), timeout=20))
        self.refused(grpc.StatusCode.UNKNOWN, lambda: self.service.UnaryCall(
            make("SimpleRequest", reply_status={"code": 99}), timeout=20))

    def test_status_details(self):
        error = self.refused(
            grpc.StatusCode.FAILED_PRECONDITION, lambda: self.service.UnaryCall(
                make("SimpleRequest", reply_status={
                    "code": 9, "message": "việc đã kết thúc", "field": "decision_no",
                    "hint": "mở lại việc", "reason": "CASE_CLOSED"}), timeout=20))
        status = rpc_status.from_call(error)
        self.assertEqual(status.code, 9)
        self.assertEqual(status.message, "việc đã kết thúc")
        info = error_details_pb2.ErrorInfo()
        self.assertTrue(status.details[0].Unpack(info))
        self.assertEqual((info.reason, info.domain), ("CASE_CLOSED", "caodiem"))
        self.assertEqual(dict(info.metadata), {"field": "decision_no", "hint": "mở lại việc"})
        request = error_details_pb2.BadRequest()
        self.assertTrue(status.details[1].Unpack(request))
        self.assertEqual(request.field_violations[0].field, "decision_no")
        own = stubs.message("caodiem.wire.v1.Failure").FromString(status.details[2].value)
        self.assertEqual(own.hint, "mở lại việc")

    def test_unimplemented_method(self):
        self.refused(grpc.StatusCode.UNIMPLEMENTED, lambda: self.service.UnimplementedCall(
            make("Empty"), timeout=20))

    def test_unimplemented_service(self):
        call = self.channel.unary_unary("/grpc.testing.UnimplementedService/UnimplementedCall")
        self.refused(grpc.StatusCode.UNIMPLEMENTED, lambda: call(b"", timeout=20))

    def test_cancel_after_begin(self):
        def requests():
            time.sleep(30)
            yield make("StreamingInputRequest")

        call = self.service.StreamingInputCall.future(requests(), timeout=60)
        call.cancel()
        with self.assertRaises(grpc.FutureCancelledError):
            call.result()
        self.assertEqual(call.code(), grpc.StatusCode.CANCELLED)

    def test_cancel_after_first_response(self):
        call = self.service.FullDuplexCall(
            (output([size]) for size in self.slowly(SIZES)), timeout=60)
        self.assertEqual(len(next(call).payload.body), SIZES[0])
        call.cancel()
        self.assertEqual(self.refused(grpc.StatusCode.CANCELLED, lambda: next(call)), call)

    def slowly(self, values):
        yield values[0]
        time.sleep(30)
        yield from values[1:]

    def observed(self, tag, condition):
        """What became of the Sleep calls of a tag, once the condition holds; waits for it."""
        for _ in range(400):
            reply = self.service.Observe(make("ObserveRequest", tag=tag), timeout=20)
            if condition(reply):
                return reply
            time.sleep(0.05)
        self.fail(f"{tag}: {reply}")

    def test_cancellation_reaches_the_handler_and_its_statement(self):
        for number, in_statement in enumerate([False, True]):
            tag = f"cancel-{number}-{time.monotonic_ns()}"
            call = self.service.Sleep.future(make(
                "SleepRequest", tag=tag, milliseconds=60000, in_statement=in_statement), timeout=60)
            self.observed(tag, lambda seen: seen.running == 1)
            call.cancel()
            self.observed(tag, lambda seen: seen.cancelled == 1 and seen.running == 0)

    def test_a_client_that_dies_cancels_its_calls(self):
        tag = f"death-{time.monotonic_ns()}"
        client = subprocess.Popen([sys.executable, "-c", (
            "import sys; sys.path.insert(0, sys.argv[1]); import interop, stubs\n"
            "service = stubs.Service(stubs.channel(sys.argv[2]), interop.NAME + 'Conformance')\n"
            "service.Sleep(interop.make('SleepRequest', tag=sys.argv[3], milliseconds=60000))"),
            str(stubs.ROOT / "Tests/Gateway"), self.address, tag])
        self.observed(tag, lambda seen: seen.running == 1)
        client.kill()
        client.wait()
        self.observed(tag, lambda seen: seen.cancelled == 1)

    def test_timeout_on_sleeping_server(self):
        tag = f"deadline-{time.monotonic_ns()}"
        self.refused(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: self.service.Sleep(
            make("SleepRequest", tag=tag, milliseconds=60000), timeout=0.5))
        self.observed(tag, lambda seen: seen.cancelled == 1)

    def test_the_handler_knows_the_deadline(self):
        reply = self.service.UnaryCall(make("SimpleRequest", show_call=True), timeout=15)
        self.assertTrue(0 < reply.remaining_ns <= 15_000_000_000, reply.remaining_ns)

    def test_clients_cannot_stamp(self):
        reply = self.service.UnaryCall(
            make("SimpleRequest", show_call=True), timeout=20, metadata=[
                ("caodiem-principal", "mallory"), ("caodiem-on-behalf-of", "mallory"),
                ("traceparent", "00-1-2-01")])
        seen = {entry.key: entry.value for entry in reply.metadata}
        self.assertNotIn(b"mallory", seen.values())
        self.assertEqual(seen["traceparent"], b"00-1-2-01")

    def test_an_unknown_token_opens_nothing(self):
        with self.assertRaises(grpc.RpcError) as refused:
            self.service.UnaryCall(make("SimpleRequest"), timeout=20, metadata=[
                ("authorization", "Bearer guessed")])
        self.assertEqual(refused.exception.code(), grpc.StatusCode.UNAUTHENTICATED)

    def test_a_slow_reader_does_not_stop_others(self):
        replies = self.service.StreamingOutputCall(output(
            [60000] * 400, payload=payload(60000)), timeout=60)
        self.assertEqual(len(next(replies).payload.body), 60000)
        for _ in range(20):
            self.test_empty_unary()
        self.assertEqual(self.sizes(replies), [60000] * 399)

    def test_many_calls_at_once(self):
        calls = [self.service.UnaryCall.future(make(
            "SimpleRequest", reply_size=3000, payload=payload(2000)), timeout=60)
            for _ in range(300)]
        self.assertEqual({len(call.result().payload.body) for call in calls}, {3000})


if __name__ == "__main__":
    Interop.address = sys.argv.pop(1)
    unittest.main(verbosity=2)
