import Digests
import Foundation
import Synchronization
import Testing
import Transport
import Wire

/// Former imports through the real fleet: what they were, what they corrected, and taking them back.
@Suite(.serialized) struct ImportHistoryTests {
    private static let units = "unit_code,name,level\nA,Chi cục A,district\n"

    private func cases(_ due: Int, numbers: ClosedRange<Int> = 1...1) -> String {
        "unit_code,decision_no,decision_on,initiative,amount_due\n"
            + numbers.map { "A,\($0)/QĐ,2020-01-02,on_request,\(due)\n" }.joined()
    }

    private func write(_ text: String, _ name: String, in fleet: FleetUnderTest) throws -> String {
        let folder = fleet.folder.path + "/\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        return folder + "/" + name
    }

    @Test func importsAreListedShownAndTakenBack() throws {
        let fleet = try FleetUnderTest()
        let units = try write(Self.units, "units.csv", in: fleet)
        let first = try write(cases(1_000), "cases.csv", in: fleet)
        let second = try write(cases(2_500), "cases.csv", in: fleet)
        for path in [units, first, second] { _ = try fleet.json(["import", path]) }
        _ = try fleet.json(["import", second])

        let listed = try fleet.json(["import", "list"])["imports"] as? [[String: Any]] ?? []
        #expect(
            listed.map { $0["status"] as? String } == [
                "unchanged", "applied", "applied", "applied",
            ])
        #expect(listed.allSatisfy { ($0["principal"] as? String)?.hasPrefix("uid:") == true })
        let change = try #require(listed[1]["change"] as? Int)

        let shown = try fleet.json(["import", "show", "\(change)"])
        let corrections = shown["corrections"] as? [[String: Any]] ?? []
        #expect(corrections.first?["key"] as? [String] == ["A", "1/QĐ"])
        let difference = (corrections.first?["differences"] as? [[String: Any]])?.first
        #expect(difference?["old"] as? String == "1000")
        #expect(difference?["new"] as? String == "2500")

        let files = shown["files"] as? [[String: Any]] ?? []
        let digest = try #require(files.first?["sha256"] as? String)
        let copy = fleet.folder.path + "/copy.csv"
        _ = try fleet.json(["import", "original", digest, "--out", copy])
        #expect(try Project.text(copy) == cases(2_500))

        let unsure = try fleet.cli(["import", "retract", "\(change)"])
        #expect(unsure.code == 2)
        let retracted = try fleet.json(["import", "retract", "\(change)", "--yes"])
        #expect(retracted["restored"] as? Int == 1)
        let remaining = try fleet.json(["case", "show", "A", "1/QĐ"])["remaining"] as? Int
        #expect(remaining == 1_000)
        let again = try fleet.cli(["import", "retract", "\(change)", "--yes"])
        #expect(again.code == 4 || again.code == 1, "\(again.err)")
        #expect(again.err.contains("đã được thu hồi"))
    }

    @Test func whatLaterImportsBuildOnIsNotTakenBack() throws {
        let fleet = try FleetUnderTest()
        let units = try fleet.json(["import", try write(Self.units, "units.csv", in: fleet)])
        _ = try fleet.json(["import", try write(cases(1_000), "cases.csv", in: fleet)])
        let change = try #require(units["change"] as? Int)
        let refused = try fleet.cli(["import", "retract", "\(change)", "--yes"])
        #expect(refused.code != 0)
        #expect(refused.err.contains("dựa trên"), "\(refused.err)")
    }

    /// The same files in one streaming call, cut anywhere.
    @Test func anUploadIsAnImportInOneCall() async throws {
        let fleet = try FleetUnderTest()
        let channel = try await Channel.connect(
            unixPath: fleet.data + "/run/caodiem.sock",
            hello: HelloInfo(role: .client, software: "integration-tests"))
        let bytes = [Array(Self.units.utf8), Array(cases(7, numbers: 1...30_000).utf8)]
        let offer = IngestionV1.BeginRequest.with { request in
            request.files = zip(["units.csv", "cases.csv"], bytes).map { name, bytes in
                .with {
                    $0.name = name
                    $0.size = UInt64(bytes.count)
                }
            }
        }
        let all = bytes.flatMap { $0 }
        let seen = Mutex<(result: IngestionV1.Result?, phases: Set<String>)>((nil, []))
        try await channel.bidirectional(
            IngestionV1.Ingestion.upload, timeout: .seconds(60),
            send: { writer in
                try await writer.write(.with { $0.part = .begin(offer) })
                for start in stride(from: 0, to: all.count, by: 77_777) {
                    let chunk = Array(all[start..<min(start + 77_777, all.count)])
                    try await writer.write(.with { $0.part = .chunk(chunk) })
                }
            },
            onReply: { event in
                seen.withLock { state in
                    switch event.event {
                    case .result(let result): state.result = result
                    case .progress(let progress): state.phases.insert(progress.phase)
                    case .workbook, nil: break
                    }
                }
            })
        let result = try #require(seen.withLock { $0.result })
        #expect(result.status == "applied")
        #expect(result.files.map(\.inserted) == [1, 30_000])
        #expect(result.files.map(\.sha256) == bytes.map { Digests.sha256(of: $0) })
        #expect(seen.withLock { $0.phases }.contains("applying"))
        let short = await #expect(throws: Failure.self) {
            try await channel.bidirectional(
                IngestionV1.Ingestion.upload, timeout: .seconds(60),
                send: { writer in
                    try await writer.write(.with { $0.part = .begin(offer) })
                    try await writer.write(.with { $0.part = .chunk(Array(all.prefix(100))) })
                }, onReply: { _ in })
        }
        #expect(short?.code == .invalidArgument)
        channel.close()
    }

    /// While a large import comes in, another write gets in between two batches.
    @Test func anotherWriteDoesNotWaitForALargeImport() async throws {
        let fleet = try FleetUnderTest()
        _ = try fleet.json(["import", try write(Self.units, "units.csv", in: fleet)])
        let large = try write(cases(7, numbers: 1...200_000), "cases.csv", in: fleet)
        let importing = try Project.start(
            Project.binary("caodiem"), ["--data", fleet.data, "import", large, "--format", "json"],
            out: fleet.folder.path + "/import.out", err: fleet.folder.path + "/import.err")
        let plan = Project.root + "/Samples/soc-trang-2021/plan.yaml"
        let text = try Project.text(plan)
        let clock = ContinuousClock()
        var slowest = Duration.zero
        var writes = 0
        while importing.isRunning {
            let version = fleet.folder.path + "/plan-\(writes).yaml"
            try (text + "\n# \(writes)\n").write(
                toFile: version, atomically: true, encoding: .utf8)
            let start = clock.now
            _ = try fleet.json(["campaign", "apply", "-f", version])
            slowest = max(slowest, clock.now - start)
            writes += 1
        }
        #expect(importing.terminationStatus == 0)
        #expect(writes > 3)
        #expect(slowest < .seconds(3), "the slowest of \(writes) writes took \(slowest)")
    }
}
