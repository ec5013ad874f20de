"""Calls through the gateway while it is killed under them: load.py ADDRESS SECONDS

Every call must end, well or with UNAVAILABLE, and calls must go well again at the end.
"""
import collections
import sys
import threading
import time

import grpc

import interop
import stubs

CLIENTS = 4


def client(address, end, ends):
    channel = grpc.insecure_channel(address, options=[
        ("grpc.initial_reconnect_backoff_ms", 100), ("grpc.max_reconnect_backoff_ms", 500)])
    service = stubs.Service(channel, interop.NAME + "Conformance")
    request = interop.make("SimpleRequest", reply_size=2000, payload={"body": bytes(1000)})
    while time.monotonic() < end:
        try:
            service.UnaryCall(request, timeout=20, wait_for_ready=True)
            ends["OK"] += 1
        except grpc.RpcError as error:
            ends[error.code().name] += 1
    channel.close()


def main(address, seconds):
    ends = [collections.Counter() for _ in range(CLIENTS)]
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=client, args=(address, end, mine)) for mine in ends]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 30)
        assert not thread.is_alive(), "a call never ended"
    total = sum(ends, collections.Counter())
    print(dict(total), file=sys.stderr)
    assert set(total) <= {"OK", "UNAVAILABLE"}, total
    # Only what was under way may fail; what comes after waits for the successor.
    assert total["UNAVAILABLE"] < total["OK"] / 10, total
    # The last one to be killed has a successor, sooner or later.
    after = collections.Counter()
    stop = time.monotonic() + 30
    while after["OK"] == 0 and time.monotonic() < stop:
        client(address, time.monotonic() + 1, after)
    assert after["OK"] > 0, after


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
