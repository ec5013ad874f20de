import Foundation
import LawBook
import Rules
import Store
import Synchronization
import Testing
import Transport
import Wire

@testable import WorkerKit

/// A change that is asked for twice under one key is made once, and both askers hear the same.
@Suite struct OnceOnlyTests {
    private let folder: String
    private let path: String
    private let law: LawTable

    init() throws {
        folder = NSTemporaryDirectory() + "caodiem-once-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = folder + "/store.sqlite"
        _ = try Schema.migrate(path: path)
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        law = try LawBook.load(directory: root.path + "/Sources/LawBook/Law")
    }

    private func entry(_ key: String, _ value: String) -> WireV1.MetadataEntry {
        .with {
            $0.key = key
            $0.value = Array(value.utf8)
        }
    }

    /// A call as a worker process of its own would get it.
    private func call(
        key: String?, request: String, by principal: String = "uid:1"
    ) throws -> WorkerCall {
        var metadata = [
            entry("caodiem-principal", principal), entry("caodiem-received-on", "2021-05-31"),
            entry("caodiem-received-at", "1000"), entry("caodiem-request-id", "r"),
            entry(AccessStamp.key, "administrator\tfull\tprovince"),
        ]
        if let key { metadata.append(entry("caodiem-idempotency-key", key)) }
        let context = CallContext(
            path: "/a.A/Do", metadata: metadata, deadline: nil, peer: Peer())
        return try WorkerCall(
            context: WorkerContext(
                store: try Store.open(path: path), law: law, spoolFolder: folder),
            stamps: context, mutation: Array(request.utf8))
    }

    private func save(_ call: WorkerCall, _ value: String) async throws -> String {
        try await call.save { scope in
            try scope.record(
                StoredEvent(atMilliseconds: 1, plugin: "p", event: "E", detail: value))
            return PluginV1.Setting.with { $0.value = value }
        }.value
    }

    private func changes() async throws -> [String] {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await Store.open(path: path).read { try $0.pluginEvents(limit: 10) }
            .map(\.detail)
    }

    /// The worker that made the change is gone before its answer left: another one is asked.
    @Test func whoAsksAgainHearsTheFirstAnswer() async throws {
        #expect(try await save(call(key: "k", request: "q"), "one") == "one")
        #expect(try await save(call(key: "k", request: "q"), "two") == "one")
        let kept: PluginV1.Setting? = try await call(key: "k", request: "q").keptReply()
        #expect(kept?.value == "one")
        #expect(try await changes() == ["one"])
    }

    @Test func withoutAKeyEachRequestIsItsOwn() async throws {
        _ = try await save(call(key: nil, request: "q"), "one")
        _ = try await save(call(key: nil, request: "q"), "two")
        #expect(try await changes() == ["one", "two"])
    }

    @Test func theKeyOfAnotherRequestIsRefused() async throws {
        _ = try await save(call(key: "k", request: "q"), "one")
        let again = try call(key: "k", request: "other")
        let failure = await #expect(throws: Failure.self) { try await save(again, "two") }
        #expect(failure?.code == .failedPrecondition)
        #expect(failure?.reason == "IDEMPOTENCY_KEY_REUSED")
        // Another's key is another key.
        #expect(try await save(call(key: "k", request: "x", by: "uid:2"), "three") == "three")
        #expect(try await changes() == ["one", "three"])
    }

    @Test func aRefusedChangeLeavesNoAnswer() async throws {
        let first = try call(key: "k", request: "q")
        await #expect(throws: Failure.self) {
            let _: PluginV1.Setting = try await first.save { scope in
                try scope.record(
                    StoredEvent(atMilliseconds: 1, plugin: "p", event: "E", detail: "half"))
                throw Failure(.failedPrecondition, "not now")
            }
        }
        #expect(try await save(call(key: "k", request: "q"), "whole") == "whole")
        #expect(try await changes() == ["whole"])
    }

    @Test func twoAtOnceMakeOneChange() async throws {
        let calls = try (0..<8).map { _ in try call(key: "k", request: "q") }
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for (number, call) in calls.enumerated() {
                group.addTask { try await self.save(call, "\(number)") }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers.count == 1)
        #expect(try await changes() == Array(answers))
    }

    @Test(arguments: [0, 129]) func keysHaveBounds(length: Int) throws {
        let failure = #expect(throws: Failure.self) {
            _ = try call(key: String(repeating: "x", count: length), request: "q")
        }
        #expect(failure?.code == .invalidArgument)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// What the law does not allow is refused and told; what merely failed is not told.
    @Test func refusalsStandInTheAuditTrail() async throws {
        let call = try call(key: nil, request: "q", by: "uid:7")
        for failure in [
            Failure(.failedPrecondition, "Điều 48", field: "kind", reason: "UNLAWFUL"),
            Failure(.permissionDenied, "not yours"), Failure(.invalidArgument, "no day"),
        ] {
            await #expect(throws: Failure.self) {
                let _: Int = try await call.tellingRefusals { () async throws(Failure) in
                    throw failure
                }
            }
        }
        let entries = try await Store.open(path: path).read {
            try $0.auditEntries(after: 0, limit: 10)
        }
        try? FileManager.default.removeItem(atPath: folder)
        #expect(entries.map(\.act.outcome) == [.refused, .refused])
        #expect(entries.map(\.act.subject) == ["kind", ""])
        #expect(entries.map(\.act.action) == ["/a.A/Do", "/a.A/Do"])
        #expect(entries[0].act.detail == "FAILED_PRECONDITION UNLAWFUL Điều 48")
        #expect(entries[0].stamp.principal == "uid:7")
    }
}
