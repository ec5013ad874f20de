import Foundation
import Store
import Testing

@Suite struct FleetRecordTests {
    private func event(_ plugin: String, _ number: Int64) -> StoredEvent {
        StoredEvent(
            atMilliseconds: number, plugin: plugin, event: "READY", detail: "", pid: 7,
            incarnation: 2)
    }

    @Test func anExitReportComesBackWhole() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        var exit = StoredExit(how: "signal 11 (SIGSEGV)")
        exit.dumpedCore = true
        exit.uptimeMilliseconds = 1500
        exit.userMilliseconds = 20
        exit.systemMilliseconds = 3
        exit.peakMemoryKiB = 40_000
        exit.callsInFlight = 2
        exit.lastLines = ["một", "", "ba"]
        var ended = event("scoring", 5)
        ended.exit = exit
        let written = ended
        let number = try await store.write { try $0.record(written) }
        var expected = written
        expected.number = number
        #expect(try await store.read { try $0.pluginEvents(limit: 10) } == [expected])
    }

    @Test func eachPluginKeepsItsLatestEventsAndTheirExits() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try await store.write { scope in
            for number in 1...7 {
                var noisy = event("noisy", Int64(number))
                noisy.exit = StoredExit(how: "exit 1")
                try scope.record(noisy, keeping: 3)
                if number == 1 { try scope.record(event("quiet", 1), keeping: 3) }
            }
        }
        let noisy = try await store.read { try $0.pluginEvents(plugin: "noisy", limit: 10) }
        #expect(noisy.map(\.atMilliseconds) == [5, 6, 7])
        #expect(noisy.allSatisfy { $0.exit?.how == "exit 1" })
        #expect(try await store.read { try $0.pluginEvents(plugin: "quiet", limit: 10) }.count == 1)
        let latest = try await store.read { [last = noisy[1].number] scope in
            try scope.pluginEvents(after: last, limit: 10)
        }
        #expect(latest.map(\.number) == [noisy[2].number])
    }

    @Test func aDisabledPluginIsRememberedUntilItIsEnabled() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let first = DisabledPlugin(plugin: "a", by: "uid:0", reason: "hỏng", atMilliseconds: 1)
        let second = DisabledPlugin(plugin: "a", by: "uid:7", reason: "", atMilliseconds: 2)
        try await store.write { scope in
            try scope.disable(first)
            try scope.disable(second)
        }
        #expect(try await store.read { try $0.disabledPlugins() } == [second])
        try await store.write { try $0.enable("a") }
        #expect(try await store.read { try $0.disabledPlugins() }.isEmpty)
    }

    // MARK: Leases

    @Test func theWritesOfAFormerHolderAreRefused() async throws {
        let fixture = try StoreFixture()
        let (old, new) = (try fixture.open(), try fixture.open())
        let first = try await old.write {
            try $0.nextFence(of: "auction", holder: "auction#1", atMilliseconds: 1)
        }
        _ = try await old.write(fence: first) { try $0.record(event("auction", 1)) }
        let second = try await new.write {
            try $0.nextFence(of: "auction", holder: "auction#2", atMilliseconds: 2)
        }
        #expect(second.number == first.number + 1)
        let failure = await #expect(throws: StoreFailure.self) {
            _ = try await old.write(fence: first) { try $0.record(event("auction", 2)) }
        }
        #expect(failure?.reason == .fenced)
        #expect(failure?.message.contains("auction#2") == true)
        _ = try await new.write(fence: second) { try $0.record(event("auction", 3)) }
        let kept = try await new.read { try $0.pluginEvents(limit: 9).map(\.atMilliseconds) }
        #expect(kept == [1, 3])
    }

    @Test func aFenceThatNobodyGaveIsRefused() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let failure = await #expect(throws: StoreFailure.self) {
            try await store.write(fence: Fence(lease: "none", number: 1)) { _ in () }
        }
        #expect(failure?.reason == .fenced)
    }

    // MARK: Idempotency

    private func key(_ key: String, at milliseconds: Int64 = 1, of digest: String = "d")
        -> IdempotencyKey
    {
        IdempotencyKey(
            principal: "uid:1", method: "/a.A/Do", key: key, requestSHA256: digest,
            receivedAtMilliseconds: milliseconds)
    }

    @Test func theFirstAnswerIsKeptForThatRequestOnly() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try await store.write { try $0.keep([1, 2], under: key("k")) }
        var stranger = key("k")
        stranger.principal = "uid:2"
        let keys = [key("k"), key("k", of: "other"), key("l"), stranger]
        let kept = try await store.read { scope in try keys.map { try scope.keptReply($0) } }
        #expect(kept == [.reply([1, 2]), .otherRequest, .none, .none])
    }

    @Test func anAnswerAndItsChangeAreKeptTogetherOrNotAtAll() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let long = [UInt8](repeating: 0, count: IdempotencyLimits.replyBytes + 1)
        await #expect(throws: StoreFailure.self) {
            try await store.write { scope in
                try scope.record(event("a", 1))
                try scope.keep(long, under: key("k"))
            }
        }
        #expect(try await store.read { try $0.pluginEvents(limit: 1) }.isEmpty)
        #expect(try await store.read { try $0.keptReply(key("k")) } == .none)
    }

    @Test func answersGoAfterSevenDays() async throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        let week = IdempotencyLimits.keptMilliseconds
        try await store.write { try $0.keep([1], under: key("old", at: 10)) }
        let before = try await store.read { try $0.keptReply(key("old", at: 9 + week)) }
        let after = try await store.read { try $0.keptReply(key("old", at: 10 + week, of: "x")) }
        #expect(before == .reply([1]))
        #expect(after == .none)
        try await store.write { try $0.keep([2], under: key("new", at: 10 + week)) }
        // Even asked with the clock of then: the row is gone.
        #expect(try await store.read { try $0.keptReply(key("old", at: 11)) } == .none)
    }
}
