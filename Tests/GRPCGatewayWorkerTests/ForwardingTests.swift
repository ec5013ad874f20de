import GRPCCore
import Testing
import Transport
import Wire

@testable import GRPCGatewayWorker

@Suite(.timeLimit(.minutes(3))) struct ForwardingTests {
    private typealias Service = ConformanceV1.Conformance

    @Test func everyKindOfCallArrivesWhole() async throws {
        try await GatewayUnderTest.run { _, client in
            let empty = try await client.call(Service.emptyCall, [ConformanceV1.Empty()])
            #expect(empty.replies.count == 1)

            let unary = try await client.call(Service.unaryCall, [simple(271_828, 314_159)])
            #expect(unary.replies.first?.payloadSize == 271_828)
            #expect(unary.replies.first?.payload?.body.count == 314_159)

            let sizes: [UInt32] = [31_415, 9, 2_653, 58_979]
            let output = try await client.call(Service.streamingOutputCall, [streaming(sizes)])
            #expect(output.replies.map { UInt32($0.payload?.body.count ?? 0) } == sizes)

            let input = try await client.call(
                Service.streamingInputCall, [27_182, 8, 1_828, 45_904].map(inputOf))
            #expect(input.replies.first?.aggregatedPayloadSize == 74_922)
            #expect(input.replies.first?.requests == 4)

            let duplex = try await client.call(
                Service.fullDuplexCall, sizes.map { streaming([$0]) })
            #expect(duplex.replies.map { UInt32($0.payload?.body.count ?? 0) } == sizes)

            let silent = try await client.call(Service.fullDuplexCall, [])
            #expect(silent.replies.isEmpty)
        }
    }

    @Test func metadataArrivesAtBothEnds() async throws {
        try await GatewayUnderTest.run { under, client in
            let bytes: [UInt8] = [0xAB, 0x00, 0xFF, 0x0A]
            var metadata = Metadata()
            metadata.addString("test_initial_metadata_value", forKey: "x-grpc-test-echo-initial")
            metadata.addString("second", forKey: "x-grpc-test-echo-initial")
            metadata.addBinary(bytes, forKey: "x-grpc-test-echo-trailing-bin")
            metadata.addString("mallory", forKey: "caodiem-principal")
            metadata.addString("k-1", forKey: "caodiem-idempotency-key")
            metadata.addString("Bearer secret", forKey: "authorization")
            let brought = try await client.call(
                Service.unaryCall, [simple(1, 1)], metadata: metadata)
            #expect(
                Array(brought.initial[stringValues: "x-grpc-test-echo-initial"]) == [
                    "test_initial_metadata_value", "second",
                ])
            #expect(
                Array(brought.trailing[binaryValues: "x-grpc-test-echo-trailing-bin"]) == [bytes])
            let seen = under.witness.metadata
            #expect(
                seen.map(\.key).filter { $0 != "caodiem-on-behalf-of" } == [
                    "x-grpc-test-echo-initial", "x-grpc-test-echo-initial",
                    "x-grpc-test-echo-trailing-bin", "caodiem-idempotency-key",
                ])
            #expect(
                seen.filter { $0.key == "caodiem-on-behalf-of" }.map(\.value)
                    == [Array("session of secret".utf8)])
        }
    }

    @Test func anUnknownTokenOpensNothing() async throws {
        try await GatewayUnderTest.run { under, client in
            var metadata = Metadata()
            metadata.addString("Bearer guessed", forKey: "authorization")
            let error = await #expect(throws: RPCError.self) {
                _ = try await client.call(Service.unaryCall, [simple(1, 1)], metadata: metadata)
            }
            #expect(error?.code == .unauthenticated)
            #expect(under.witness.metadata.isEmpty)
        }
    }

    @Test(arguments: StatusCode.allCases.filter { $0 != .ok })
    func everyStatusArrivesWithItsDetails(code: StatusCode) async throws {
        try await GatewayUnderTest.run { _, client in
            let text = "\t\nviệc đã kết thúc ☺ 😈\t\n"
            var request = simple(0, 0)
            request.replyStatus = .with {
                $0.code = code.rawValue
                $0.message = text
                $0.field = "decision_no"
                $0.hint = "mở lại việc"
                $0.reason = "CASE_CLOSED"
            }
            var metadata = Metadata()
            metadata.addBinary([1, 2], forKey: "x-grpc-test-echo-trailing-bin")
            let error = await #expect(throws: RPCError.self) {
                _ = try await client.call(Service.unaryCall, [request], metadata: metadata)
            }
            let found = try #require(error)
            #expect(found.code.rawValue == Int(code.rawValue))
            #expect(found.message == text)
            let trailer = found.metadata[binaryValues: "x-grpc-test-echo-trailing-bin"]
            #expect(Array(trailer) == [[1, 2]])
            let details = found.metadata[binaryValues: "grpc-status-details-bin"]
            let status = try GatewayV1.RpcStatus(decoding: try #require(Array(details).first))
            #expect(status.code == Int32(code.rawValue))
            let info = try GatewayV1.ErrorInfo(decoding: try #require(status.details.first).value)
            #expect(info.reason == "CASE_CLOSED")
            #expect(info.metadata.map(\.value) == ["decision_no", "mở lại việc"])
        }
    }

    @Test func aMethodThatNobodyServesIsUnimplemented() async throws {
        try await GatewayUnderTest.run { _, client in
            let error = await #expect(throws: RPCError.self) {
                _ = try await client.call(Service.unimplementedCall, [ConformanceV1.Empty()])
            }
            #expect(error?.code == .unimplemented)
        }
    }

    @Test func theDeadlineTravelsAndEndsTheHandler() async throws {
        try await GatewayUnderTest.run { under, client in
            let unary = try await client.call(
                Service.unaryCall, [simple(0, 0)], timeout: .seconds(50))
            let left = try #require(unary.replies.first).remainingNs
            #expect((1...50_000_000_000).contains(left))

            let error = await #expect(throws: RPCError.self) {
                _ = try await client.call(
                    Service.sleep, [sleep(20_000)], timeout: .milliseconds(200))
            }
            #expect(error?.code == .deadlineExceeded)
            #expect(await under.witness.sees("cancelled"))
        }
    }

    @Test func cancellationReachesTheHandler() async throws {
        try await GatewayUnderTest.run { under, client in
            let waiting = Task { try await client.call(Service.sleep, [sleep(60_000)]) }
            #expect(await under.witness.sees("started"))
            waiting.cancel()
            #expect(await under.witness.sees("cancelled"))
            _ = await waiting.result
        }
    }

    @Test func sizesAtAndOverTheLimit() async throws {
        try await GatewayUnderTest.run { _, client in
            let limit = Limits().message
            let fits = try await client.call(Service.unaryCall, [simple(limit - 64, 64)])
            #expect(Int(fits.replies.first?.payloadSize ?? 0) == limit - 64)
            let large = try await client.call(Service.unaryCall, [simple(64, limit - 64)])
            #expect(large.replies.first?.payload?.body.count == limit - 64)
            for request in [simple(limit + 1, 0), simple(0, limit + 1)] {
                let error = await #expect(throws: RPCError.self) {
                    _ = try await client.call(Service.unaryCall, [request])
                }
                #expect(error?.code == .resourceExhausted)
            }
            let after = try await client.call(Service.emptyCall, [ConformanceV1.Empty()])
            #expect(after.replies.count == 1)
        }
    }
}

func simple(_ size: Int, _ replySize: Int) -> ConformanceV1.SimpleRequest {
    .with {
        $0.replySize = UInt32(replySize)
        $0.payload = .with { $0.body = [UInt8](repeating: 0, count: size) }
    }
}

func streaming(_ sizes: [UInt32]) -> ConformanceV1.StreamingOutputRequest {
    .with { $0.replies = sizes.map { size in .with { $0.size = size } } }
}

func inputOf(_ size: Int) -> ConformanceV1.StreamingInputRequest {
    .with { $0.payload = .with { $0.body = [UInt8](repeating: 0, count: size) } }
}

func sleep(_ milliseconds: UInt32) -> ConformanceV1.SleepRequest {
    .with { $0.milliseconds = milliseconds }
}
