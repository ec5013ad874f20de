import Testing
import Transport
import Wire
import WorkerKit

@testable import GRPCGatewayWorker

/// gRPC's "negative HTTP/2" cases and their kin, with the client as the one that breaks off.
@Suite(.timeLimit(.minutes(3))) struct NegativeTests {
    private typealias Service = ConformanceV1.Conformance

    private func meet(
        _ body: (GatewayUnderTest, FrameClient) async throws -> Void
    ) async throws {
        let under = try await GatewayUnderTest()
        let client = try FrameClient(under.address)
        #expect(client.next(.settings) != nil)
        try await body(under, client)
        // The gateway lives, whatever came.
        let other = try FrameClient(under.address)
        other.open(1, Service.emptyCall.path)
        other.send(.data, flags: FrameClient.endStream, stream: 1, FrameClient.message([]))
        #expect(other.next(.data)?.payload == FrameClient.message([]))
        for client in [client, other] { client.close() }
        await under.gateway.leave()
        under.coordinator.close()
    }

    @Test func resetAfterHeaders() async throws {
        try await meet { under, client in
            client.open(1, Service.streamingInputCall.path)
            #expect(await under.witness.sees("started"))
            client.reset(1)
            #expect(await under.witness.sees("cancelled"), "\(under.witness.events)")
        }
    }

    @Test func resetDuringData() async throws {
        try await meet { under, client in
            client.open(1, Service.streamingInputCall.path)
            let body = [UInt8](repeating: 0, count: 100)
            client.send(.data, stream: 1, FrameClient.message(body, announcing: 1_000))
            #expect(await under.witness.sees("started"))
            client.reset(1)
            #expect(await under.witness.sees("cancelled"), "\(under.witness.events)")
        }
    }

    @Test func resetAfterData() async throws {
        try await meet { under, client in
            client.open(1, Service.sleep.path)
            let request = try sleep(60_000).encoded()
            client.send(
                .data, flags: FrameClient.endStream, stream: 1, FrameClient.message(request))
            #expect(await under.witness.sees("started"))
            client.reset(1)
            #expect(await under.witness.sees("cancelled"), "\(under.witness.events)")
        }
    }

    @Test func aConnectionThatEndsCancelsItsCalls() async throws {
        try await meet { under, client in
            client.open(1, Service.sleep.path)
            client.send(
                .data, flags: FrameClient.endStream, stream: 1,
                FrameClient.message(try sleep(60_000).encoded()))
            #expect(await under.witness.sees("started"))
            client.close()
            #expect(await under.witness.sees("cancelled"), "\(under.witness.events)")
        }
    }

    @Test func pingsAreAnswered() async throws {
        try await meet { _, client in
            for number in 0..<2 {
                let bytes = [UInt8](repeating: UInt8(number), count: 8)
                client.send(.ping, stream: 0, bytes)
                let answer = client.next(.ping)
                #expect(answer?.flags == FrameClient.acknowledge)
                #expect(answer?.payload == bytes)
            }
        }
    }

    @Test func aFloodOfPingsEndsTheConnection() async throws {
        try await meet { _, client in
            for _ in 0..<50 { client.send(.ping, stream: 0, [UInt8](repeating: 0, count: 8)) }
            let end = client.next(.goAway)
            #expect(end?.payload[4..<8] == [0, 0, 0, 11], "ENHANCE_YOUR_CALM")
        }
    }

    @Test func streamsOverTheLimitAreRefused() async throws {
        try await meet { under, client in
            let limit = UInt32(GatewayLimits().streams)
            for number in 0...limit {
                client.open(2 * number + 1, Service.streamingInputCall.path)
            }
            // The library ends the connection of a client that does not keep to the limit it was told.
            #expect(client.next(.goAway) != nil)
            #expect(
                await eventually { under.witness.events.count { $0 == "started" } == limit })
            client.close()
            #expect(
                await eventually { under.witness.events.count { $0 == "cancelled" } == limit },
                "\(under.witness.events.filter { $0 != "cancelled" && $0 != "started" })")
        }
    }

    @Test func leavingSaysGoAwayAndTheRunningCallEnds() async throws {
        let under = try await GatewayUnderTest()
        let client = try FrameClient(under.address)
        client.open(1, Service.sleep.path)
        client.send(
            .data, flags: FrameClient.endStream, stream: 1,
            FrameClient.message(try sleep(500).encoded()))
        #expect(await under.witness.sees("started"))
        let leaving = Task { await under.gateway.leave() }
        // In two steps: first with the highest id, then, after a PING, with the last that was taken.
        let first = client.next(.goAway)
        #expect(first?.payload.prefix(4) == [0x7F, 0xFF, 0xFF, 0xFF])
        let ping = try #require(client.next(.ping))
        client.send(.ping, flags: FrameClient.acknowledge, stream: 0, ping.payload)
        #expect(client.next(.goAway)?.payload.prefix(4) == [0, 0, 0, 1])
        #expect(client.next(.data)?.stream == 1)
        client.close()
        await leaving.value
    }

    @Test(
        arguments: [
            FrameClient.message([], announcing: 1 << 30), [1, 0, 0, 0, 1, 0],
        ] as [[UInt8]])
    func brokenPrefixesEndTheCallAlone(bytes: [UInt8]) async throws {
        try await meet { under, client in
            client.open(1, Service.streamingInputCall.path)
            #expect(await under.witness.sees("started"))
            client.send(.data, stream: 1, bytes)
            #expect(await under.witness.sees("cancelled"), "\(under.witness.events)")
            client.open(3, Service.emptyCall.path)
            client.send(.data, flags: FrameClient.endStream, stream: 3, FrameClient.message([]))
            #expect(client.next(.data)?.stream == 3)
        }
    }

    @Test func aUnaryCallWithoutAMessageIsUnimplemented() async throws {
        try await meet { _, client in
            client.open(1, Service.emptyCall.path)
            client.send(.data, flags: FrameClient.endStream, stream: 1)
            let answer = try #require(client.next(.headers))
            #expect(answer.flags & FrameClient.endStream != 0)
        }
    }

    @Test func noHTTP2AtAll() async throws {
        try await meet { under, _ in
            let stranger = try FrameClient(under.address)
            stranger.write([UInt8](repeating: 0xAA, count: 4_096))
            while stranger.next() != nil {}
        }
    }
}
