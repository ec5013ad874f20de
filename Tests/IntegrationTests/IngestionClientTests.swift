import Digests
import Synchronization
import Testing
import Transport
import Wire

/// What a hostile or hasty client of the ingestion service gets: an answer, never a dead worker.
@Suite(.serialized) struct IngestionClientTests {
    private func connect(_ fleet: FleetUnderTest) async throws -> Channel {
        try await Channel.connect(
            unixPath: fleet.data + "/run/caodiem.sock",
            hello: HelloInfo(role: .client, software: "integration-tests"))
    }

    /// Announces one file of units and sends it; gives the import's id.
    private func send(_ text: String, over channel: Channel) async throws -> String {
        let bytes = Array(text.utf8)
        let begun = try await channel.unary(
            IngestionV1.Ingestion.begin,
            .with {
                $0.files = [
                    .with {
                        $0.name = "units.csv"
                        $0.size = UInt64(bytes.count)
                        $0.sha256 = Digests.sha256(of: bytes)
                    }
                ]
            })
        for chunk in stride(from: 0, to: bytes.count, by: 100_000) {
            let end = min(chunk + 100_000, bytes.count)
            _ = try await channel.unary(
                IngestionV1.Ingestion.append,
                .with {
                    $0.importID = begun.importID
                    $0.offset = UInt64(chunk)
                    $0.chunk = Array(bytes[chunk..<end])
                })
        }
        return begun.importID
    }

    private func commit(_ id: String, over channel: Channel) async throws -> IngestionV1.Result? {
        let last = LastResult()
        try await channel.serverStream(
            IngestionV1.Ingestion.commit, .with { $0.importID = id }, timeout: .seconds(60)
        ) { event in
            if case .result(let result)? = event.event { last.set(result) }
        }
        return last.value
    }

    @Test func offsetsAtTheEdgeOfTheNumbersAreRefused() async throws {
        let fleet = try FleetUnderTest()
        let worker = try fleet.pid(of: "ingestion")
        let channel = try await connect(fleet)
        let id = try await send(RefusalTests.units, over: channel)
        for offset in [UInt64.max, UInt64.max - 1, 1 << 40] {
            let failure = await #expect(throws: Failure.self) {
                _ = try await channel.unary(
                    IngestionV1.Ingestion.append,
                    .with {
                        $0.importID = id
                        $0.offset = offset
                        $0.chunk = [0x61]
                    })
            }
            #expect(failure?.code == .invalidArgument)
        }
        #expect(try fleet.pid(of: "ingestion") == worker, "the worker lives on")
        channel.close()
    }

    /// The same import committed again and again at once: every answer is the one that was applied.
    @Test func aRepeatedCommitGetsTheSameAnswer() async throws {
        let fleet = try FleetUnderTest()
        let rows = (0..<20_000).map { "U\($0),Đơn vị \($0),district\n" }.joined()
        let channel = try await connect(fleet)
        let id = try await send("unit_code,name,level\n" + rows, over: channel)
        let answers = try await withThrowingTaskGroup(of: IngestionV1.Result?.self) { group in
            for _ in 0..<4 { group.addTask { try await commit(id, over: channel) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 4)
        for answer in answers {
            #expect(answer?.status == "applied")
            #expect(answer?.files.first?.inserted == 20_000)
        }
        channel.close()
    }
}

private final class LastResult: Sendable {
    private let held = Mutex<IngestionV1.Result?>(nil)

    var value: IngestionV1.Result? { held.withLock { $0 } }
    func set(_ result: IngestionV1.Result) { held.withLock { $0 = result } }
}
