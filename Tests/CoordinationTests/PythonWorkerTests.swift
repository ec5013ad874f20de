import Foundation
import Testing
import Transport
import Wire

@testable import Coordination

/// The worker and the client in Python (Plugins/examples/python-worker), as real processes with a
/// real coordinator between them and us.
@Suite(.serialized) struct PythonWorkerTests {
    private typealias Peer = ConformanceV1.Conformance

    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Plugins/examples/python-worker").path

    /// A fleet whose only worker is the one in Python, and a connection to it.
    private func fleet() async throws -> (TestFleet, Channel) {
        var limits = TestFleet.limits
        // Python takes its time to start on a busy machine, and to end.
        limits.startTimeout = .seconds(20)
        limits.shutdownGrace = .seconds(5)
        let fleet = try await TestFleet(
            ["python-worker": "executable: \(Self.folder)/worker.py\n"], limits: limits)
        try await fleet.reach(.ready, "python-worker")
        return (fleet, try await fleet.connect())
    }

    @Test func unaryCallsCarryBytesMetadataAndStatus() async throws {
        let (fleet, channel) = try await fleet()
        var request = ConformanceV1.SimpleRequest()
        request.payload = .with { $0.body = [UInt8](repeating: 7, count: 271_828) }
        request.replySize = 314_159
        let reply = try await channel.unary(Peer.unaryCall, request, timeout: .seconds(20))
        #expect(reply.payloadSize == 271_828)
        #expect(reply.payload?.body == [UInt8](repeating: 0, count: 314_159))

        let raw = channel.raw(
            path: Peer.emptyCall.path, timeout: .seconds(20),
            metadata: [
                entry("x-grpc-test-echo-initial", [0x61]),
                entry("x-grpc-test-echo-trailing-bin", [0, 0xFF]),
                entry("x-grpc-test-echo-trailing-bin", []),
            ])
        try await raw.send([])
        raw.finishSending()
        #expect(await raw.initialMetadata().map(\.value) == [[0x61]])
        #expect(try await raw.nextBatch() == [[]])
        #expect(try await raw.nextBatch() == [])
        #expect(await raw.trailingMetadata().map(\.value) == [[0, 0xFF], []])

        request = .with {
            $0.replyStatus = .with {
                $0.code = 9
                $0.message = "chưa có kế hoạch"
                $0.hint = "áp dụng kế hoạch"
                $0.reason = "NO_CAMPAIGN"
            }
        }
        let refused = request
        await #expect {
            try await channel.unary(Peer.unaryCall, refused, timeout: .seconds(20))
        } throws: { error in
            let failure = error as? Failure
            return failure?.code == .failedPrecondition && failure?.message == "chưa có kế hoạch"
                && failure?.hint == "áp dụng kế hoạch" && failure?.reason == "NO_CAMPAIGN"
        }
        channel.close()
        await fleet.stop()
    }

    @Test func streamsGoEachWayAndBoth() async throws {
        let (fleet, channel) = try await fleet()
        let sizes: [UInt32] = [31_415, 9, 2_653, 300_000]
        let output = Sizes()
        try await channel.serverStream(
            Peer.streamingOutputCall, asking(for: sizes), timeout: .seconds(20), isolation: nil
        ) { await output.add($0.payload?.body.count) }
        #expect(await output.all == sizes.map(Int.init))

        let sum = try await channel.clientStream(Peer.streamingInputCall, timeout: .seconds(20)) {
            writer in
            for size in sizes {
                try await writer.write(
                    .with {
                        $0.payload = .with { $0.body = [UInt8](repeating: 1, count: Int(size)) }
                    }
                )
            }
        }
        #expect(sum.aggregatedPayloadSize == UInt64(sizes.reduce(0, +)))
        #expect(sum.requests == 4)

        for method in [Peer.fullDuplexCall, Peer.halfDuplexCall] {
            let both = Sizes()
            let requests = sizes.map { asking(for: [$0]) }
            try await channel.bidirectional(method, timeout: .seconds(20)) { writer in
                for request in requests { try await writer.write(request) }
            } onReply: {
                await both.add($0.payload?.body.count)
            }
            #expect(await both.all == sizes.map(Int.init))
        }
        channel.close()
        await fleet.stop()
    }

    @Test(arguments: [false, true])
    func aDeadlineReachesTheHandlerAndItsStatement(_ inStatement: Bool) async throws {
        let (fleet, channel) = try await fleet()
        let request = ConformanceV1.SleepRequest.with {
            $0.tag = "late"
            $0.milliseconds = 30_000
            $0.inStatement = inStatement
        }
        await #expect {
            try await channel.unary(Peer.sleep, request, timeout: .milliseconds(300))
        } throws: {
            ($0 as? Failure)?.code == .deadlineExceeded
        }
        let end = ContinuousClock.now + .seconds(10)
        var seen = ConformanceV1.ObserveReply()
        while seen.cancelled == 0, ContinuousClock.now < end {
            seen = try await channel.unary(
                Peer.observe, .with { $0.tag = "late" }, timeout: .seconds(10))
        }
        #expect(seen.started == 1 && seen.finished == 1 && seen.cancelled == 1)
        channel.close()
        await fleet.stop()
    }

    @Test func aWorkerThatIsKilledComesBack() async throws {
        let (fleet, channel) = try await fleet()
        let pid = try await fleet.summary("python-worker").pid
        kill(pid, SIGKILL)
        let end = ContinuousClock.now + .seconds(20)
        while try await fleet.summary("python-worker").pid == pid {
            try #require(ContinuousClock.now < end)
            try await Task.sleep(for: .milliseconds(10))
        }
        try await fleet.reach(.ready, "python-worker")
        _ = try await channel.unary(Peer.emptyCall, .init(), timeout: .seconds(20))
        channel.close()
        await fleet.stop()
    }

    @Test func theClientInPythonCallsTheFleet() async throws {
        let (fleet, channel) = try await fleet()
        let conformance = "/caodiem.conformance.v1.Conformance"
        let listed = try await run(
            "client.py", fleet.socket, "/caodiem.admin.v1.Admin/ListPlugins")
        #expect(listed.status == 0, "\(listed.errors)")
        #expect(listed.output.contains(#""id": "python-worker", "state": "READY""#))
        let streamed = try await run(
            "client.py", fleet.socket, conformance + "/FullDuplexCall",
            #"{"replies":[{"size":1},{"size":2}]} {"replies":[{"size":3}]}"#)
        #expect(
            streamed.output == """
                {"payload": {"body": "AA=="}}
                {"payload": {"body": "AAA="}}
                {"payload": {"body": "AAAA"}}

                """)
        let late = try await run(
            "client.py", fleet.socket, conformance + "/Sleep", #"{"milliseconds":20000}"#,
            "--timeout", "0.3")
        #expect(late.status == 1)
        #expect(late.errors.contains("DEADLINE_EXCEEDED"))
        channel.close()
        await fleet.stop()
    }

    @Test func theCommandLineCallsItByName() async throws {
        let (fleet, channel) = try await fleet()
        let program = TestFleet.binaries + "/caodiem"
        let common = ["--endpoint", "unix:\(fleet.socket)", "--lang", "en", "--format", "json"]
        func call(_ arguments: String...) async throws -> Ended {
            try await run(program, common + ["call"] + arguments)
        }
        let unary = try await call("Conformance.UnaryCall", "--data", #"{"replySize": 3}"#)
        #expect(unary.status == 0, "\(unary.errors)")
        #expect(unary.output == "{\"payload\":{\"body\":\"AAAA\"}}\n")
        let input = try await call(
            "StreamingInputCall", "--data", #"{"payload":{"body":"AAAA"}} {}"#, "--data", "{}")
        #expect(input.output == "{\"aggregatedPayloadSize\":\"3\",\"requests\":3}\n")
        let both = try await call(
            "FullDuplexCall", "--data", #"{"replies":[{"size":1},{}]}{"replies":[{"size":2}]}"#)
        #expect(
            both.output == """
                {"payload":{"body":"AA=="}}
                {"payload":{}}
                {"payload":{"body":"AAA="}}

                """)
        // 3 MiB come back, as base64: more than a window and more than a pipe holds.
        let large = try await call("UnaryCall", "--data", #"{"replySize": 3145728}"#)
        let body = String(repeating: "A", count: 4_194_304)
        #expect(large.output == "{\"payload\":{\"body\":\"\(body)\"}}\n")
        let refusals: [(data: String, status: Int32, said: String)] = [
            (#"{"replyStatus":{"code":7,"message":"no"}}"#, 4, "PERMISSION_DENIED"),
            (#"{"replyStatus":{"code":5,"message":"no"}}"#, 1, "NOT_FOUND"),
            (#"{"replySise":1}"#, 2, "did you mean “replySize”?"),
        ]
        for (data, status, said) in refusals {
            let refused = try await call("UnaryCall", "--data", data)
            #expect(refused.status == status)
            #expect(refused.errors.contains(said), "\(refused.errors)")
        }
        let late = try await call("Sleep", "--data", #"{"milliseconds":20000}"#, "--timeout", "1")
        #expect(late.status == 1)
        #expect(late.errors.contains("DEADLINE_EXCEEDED"))
        channel.close()
        await fleet.stop()
    }

    @Test func runByHandItSaysWhatItIs() async throws {
        let ended = try await run("worker.py")
        #expect(ended.status == 78)
        #expect(ended.errors.contains("is started by its coordinator"))
    }

    private func entry(_ key: String, _ value: [UInt8]) -> WireV1.MetadataEntry {
        .with {
            $0.key = key
            $0.value = value
        }
    }

    private func asking(for sizes: [UInt32]) -> ConformanceV1.StreamingOutputRequest {
        .with { $0.replies = sizes.map { size in .with { $0.size = size } } }
    }

    private struct Ended: Sendable {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs a program of the folder to its end.
    private func run(_ program: String, _ arguments: String...) async throws -> Ended {
        try await run("\(Self.folder)/\(program)", arguments)
    }

    /// Runs a program to its end, off the threads of Swift's tasks.
    private func run(_ path: String, _ arguments: [String]) async throws -> Ended {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Self.ended(path, arguments) })
            }
        }
    }

    private static func ended(_ path: String, _ arguments: [String]) throws -> Ended {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // The errors of these programs are less than a pipe holds.
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        let complained = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Ended(
            status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
            errors: String(decoding: complained, as: UTF8.self))
    }
}

/// Sizes of payloads in the order in which they came.
private actor Sizes {
    private(set) var all: [Int] = []
    func add(_ size: Int?) { all.append(size ?? -1) }
}
